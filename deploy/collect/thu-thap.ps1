# Collects the traces of this computer for an inspection: PowerShell 2.0 and Windows built-ins only (Windows 7 to 11).
# Takes registry hives (never SAM or SECURITY), event logs, setupapi logs, Prefetch, SRUM, Amcache, browser histories,
# shortcuts and lists of names. Never takes passwords, Wi-Fi keys or contents of documents.
param([string]$Collector = '', [string]$Authority = '', [string]$TrueTime = '', [string]$Output = '.')

$ErrorActionPreference = 'Continue'
$script:Failed = @()
$script:Files = @()
$Now = [DateTime]::UtcNow
$Name = $env:COMPUTERNAME + '_' + $Now.ToString('yyyyMMdd_HHmmss')
$Root = Join-Path $Output $Name
$Drive = Join-Path $Root 'C'

function Note-Failure([string]$What, [string]$Why) {
    $script:Failed += ,@($What, $Why)
    Write-Host ('Không thu được: ' + $What)
}

function New-Folder([string]$Path) {
    if (-not (Test-Path -LiteralPath $Path)) { New-Item -ItemType Directory -Path $Path -Force | Out-Null }
}

function Target-Of([string]$Source) {
    $tail = $Source.Substring(3)
    $target = Join-Path $Drive $tail
    New-Folder (Split-Path -Parent $target)
    return $target
}

# A snapshot gives consistent copies of files that Windows keeps open. Without it, files in use are reported as failed.
function New-Snapshot {
    try {
        $made = ([WMICLASS]'root\cimv2:Win32_ShadowCopy').Create($env:SystemDrive + '\', 'ClientAccessible')
        if ($made.ReturnValue -ne 0) { Note-Failure 'VSS' ('mã lỗi ' + $made.ReturnValue); return $null }
        return Get-WmiObject Win32_ShadowCopy | Where-Object { $_.ID -eq $made.ShadowID }
    } catch { Note-Failure 'VSS' $_.Exception.Message; return $null }
}

function Copy-One([string]$Source, $Snapshot) {
    $target = Target-Of $Source
    try {
        [System.IO.File]::Copy($Source, $target, $true)
        return
    } catch { }
    if ($Snapshot -ne $null) {
        cmd /c copy /y ('"' + $Snapshot.DeviceObject + $Source.Substring(2) + '"') ('"' + $target + '"') 2>&1 | Out-Null
        if (Test-Path -LiteralPath $target) { return }
    }
    esentutl /y $Source /vss /d $target 2>&1 | Out-Null
    if (-not (Test-Path -LiteralPath $target)) { Note-Failure $Source 'tệp đang bị khóa' }
}

function Copy-Matching([string]$Folder, [string]$Pattern, $Snapshot) {
    if (-not (Test-Path -LiteralPath $Folder)) { return }
    Get-ChildItem -LiteralPath $Folder -Filter $Pattern -Force -ErrorAction SilentlyContinue |
        Where-Object { -not $_.PSIsContainer -and -not ($_.Attributes -band [IO.FileAttributes]::ReparsePoint) } |
        ForEach-Object { Copy-One $_.FullName $Snapshot }
}

function Escape-Json([string]$Text) {
    $out = New-Object System.Text.StringBuilder
    foreach ($c in $Text.ToCharArray()) {
        $n = [int]$c
        if ($c -eq '"' -or $c -eq '\') { [void]$out.Append('\').Append($c) }
        elseif ($n -lt 32) { [void]$out.Append('\u' + $n.ToString('x4')) }
        else { [void]$out.Append($c) }
    }
    return '"' + $out.ToString() + '"'
}

function Hash-Of([string]$Path) {
    $sha = New-Object System.Security.Cryptography.SHA256Managed
    $stream = [System.IO.File]::OpenRead($Path)
    try { return [BitConverter]::ToString($sha.ComputeHash($stream)).Replace('-', '').ToLower() }
    finally { $stream.Close() }
}

function Save-Text([string]$File, [string[]]$Lines) {
    $path = Join-Path $Root $File
    [System.IO.File]::WriteAllText($path, ($Lines -join "`r`n"), (New-Object System.Text.UTF8Encoding($false)))
}

New-Folder $Drive
Write-Host 'Đang thu thập, xin chờ…'
$snapshot = New-Snapshot

# Registry: "reg save" writes a consistent, closed hive.
New-Folder (Join-Path $Drive 'Windows\System32\config')
foreach ($hive in 'SYSTEM', 'SOFTWARE') {
    reg save ('HKLM\' + $hive) (Join-Path $Drive ('Windows\System32\config\' + $hive)) /y 2>&1 | Out-Null
    if ($LASTEXITCODE -ne 0) { Note-Failure ('HKLM\' + $hive) ('reg save: ' + $LASTEXITCODE) }
}

# Event logs: exported one by one; a channel that does not exist on this Windows is no failure.
$logs = Join-Path $Drive 'Windows\System32\winevt\Logs'
New-Folder $logs
foreach ($channel in 'System', 'Security', 'Application', 'Microsoft-Windows-Partition/Diagnostic',
    'Microsoft-Windows-DriverFrameworks-UserMode/Operational', 'Microsoft-Windows-Kernel-PnP/Configuration',
    'Microsoft-Windows-NetworkProfile/Operational', 'Microsoft-Windows-WLAN-AutoConfig/Operational',
    'Microsoft-Windows-NCSI/Operational', 'Microsoft-Windows-Bits-Client/Operational',
    'Microsoft-Windows-Storsvc/Diagnostic', 'Microsoft-Windows-WindowsUpdateClient/Operational',
    'Microsoft-Windows-Windows Defender/Operational', 'Microsoft-Windows-Time-Service/Operational') {
    wevtutil gl $channel 2>&1 | Out-Null
    if ($LASTEXITCODE -eq 0) {
        wevtutil epl $channel (Join-Path $logs ($channel.Replace('/', '%4') + '.evtx')) /ow:true 2>&1 | Out-Null
        if ($LASTEXITCODE -ne 0) { Note-Failure $channel ('wevtutil: ' + $LASTEXITCODE) }
    }
}

$windows = $env:SystemRoot
Copy-Matching (Join-Path $windows 'INF') 'setupapi*.log' $snapshot
Copy-Matching (Join-Path $windows 'Prefetch') '*.pf' $snapshot
Copy-Matching (Join-Path $windows 'appcompat\Programs') 'Amcache.hve*' $snapshot
Copy-Matching (Join-Path $windows 'System32\sru') 'SRUDB.dat' $snapshot

# Users: hives, recent shortcuts, jump lists, browser histories. No documents.
$users = Join-Path $env:SystemDrive '\Users'
Get-ChildItem -LiteralPath $users -Force -ErrorAction SilentlyContinue |
    Where-Object { $_.PSIsContainer -and -not ($_.Attributes -band [IO.FileAttributes]::ReparsePoint) } |
    ForEach-Object {
        $home1 = $_.FullName
        Copy-Matching $home1 'NTUSER.DAT' $snapshot
        Copy-Matching $home1 'ntuser.dat.LOG*' $snapshot
        Copy-Matching (Join-Path $home1 'AppData\Local\Microsoft\Windows') 'UsrClass.dat*' $snapshot
        Copy-Matching (Join-Path $home1 'AppData\Local\Microsoft\Windows\WebCache') 'WebCacheV01.dat' $snapshot
        $recent = Join-Path $home1 'AppData\Roaming\Microsoft\Windows\Recent'
        Copy-Matching $recent '*.lnk' $snapshot
        Copy-Matching (Join-Path $recent 'AutomaticDestinations') '*.automaticDestinations-ms' $snapshot
        Copy-Matching (Join-Path $recent 'CustomDestinations') '*.customDestinations-ms' $snapshot
        foreach ($browser in 'Google\Chrome', 'Microsoft\Edge', 'CocCoc\Browser') {
            $data = Join-Path $home1 ('AppData\Local\' + $browser + '\User Data')
            if (Test-Path -LiteralPath $data) {
                Get-ChildItem -LiteralPath $data -Force -ErrorAction SilentlyContinue |
                    Where-Object { $_.PSIsContainer -and ($_.Name -eq 'Default' -or $_.Name -like 'Profile *') } |
                    ForEach-Object { Copy-Matching $_.FullName 'History' $snapshot; Copy-Matching $_.FullName 'History-wal' $snapshot }
            }
        }
        $firefox = Join-Path $home1 'AppData\Roaming\Mozilla\Firefox\Profiles'
        if (Test-Path -LiteralPath $firefox) {
            Get-ChildItem -LiteralPath $firefox -Force -ErrorAction SilentlyContinue |
                Where-Object { $_.PSIsContainer } | ForEach-Object { Copy-Matching $_.FullName 'places.sqlite*' $snapshot }
        }
    }

# Small texts for the record. "show profiles" without the key option lists names only.
Save-Text 'ipconfig.txt' (ipconfig /all)
Save-Text 'arp.txt' (arp -a)
Save-Text 'wlan.txt' (netsh wlan show profiles)
Save-Text 'tasklist.txt' (tasklist)
$disks = @('model;serial;interface;device')
Get-WmiObject Win32_DiskDrive | ForEach-Object {
    $disks += ([string]$_.Model + ';' + [string]$_.SerialNumber + ';' + $_.InterfaceType + ';' + $_.PNPDeviceID)
}
Save-Text 'o-dia.csv' $disks

# Names (no contents) on removable disks that are plugged in now.
$number = 0
Get-WmiObject Win32_LogicalDisk -Filter 'DriveType=2' | ForEach-Object {
    $number++
    $lines = @('path;size;attributes;created;modified')
    Get-ChildItem -LiteralPath ($_.DeviceID + '\') -Recurse -Force -ErrorAction SilentlyContinue | ForEach-Object {
        if ($_.FullName -notlike ((Resolve-Path $Output).Path + '*')) {
            $size = 0
            if (-not $_.PSIsContainer) { $size = $_.Length }
            $path = '"' + $_.FullName.Replace('"', '""') + '"'
            $lines += ($path + ';' + $size + ';"' + $_.Attributes + '";' +
                $_.CreationTimeUtc.ToString('s') + 'Z;' + $_.LastWriteTimeUtc.ToString('s') + 'Z')
        }
    }
    Save-Text ('danh-sach-tep-' + $number + '.csv') $lines
}

if ($snapshot -ne $null) { try { $snapshot.Delete() } catch { Note-Failure 'VSS' 'không xóa được bản chụp' } }

# Manifest: who, when, by what authority, the clock, every file with its SHA-256, everything that failed.
$bios = Get-WmiObject Win32_BIOS
$system = Get-WmiObject Win32_OperatingSystem
$guid = (Get-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Cryptography' -ErrorAction SilentlyContinue).MachineGuid
$sid = ''
$account = Get-WmiObject Win32_UserAccount -Filter 'LocalAccount=True' -ErrorAction SilentlyContinue | Select-Object -First 1
if ($account -ne $null) { $sid = $account.SID.Substring(0, $account.SID.LastIndexOf('-')) }
$installed = ''
try { $installed = [Management.ManagementDateTimeConverter]::ToDateTime($system.InstallDate).ToUniversalTime().ToString('s') + 'Z' }
catch { Note-Failure 'InstallDate' $_.Exception.Message }
$letter = (Resolve-Path $Output).Path.Substring(0, 2)
$stick = ''
Get-WmiObject Win32_DiskDrive -Filter "InterfaceType='USB'" | ForEach-Object {
    $disk = $_
    $query = "ASSOCIATORS OF {Win32_DiskDrive.DeviceID='" + $disk.DeviceID.Replace('\', '\\') + "'} WHERE AssocClass=Win32_DiskDriveToDiskPartition"
    Get-WmiObject -Query $query | ForEach-Object {
        $inner = "ASSOCIATORS OF {Win32_DiskPartition.DeviceID='" + $_.DeviceID + "'} WHERE AssocClass=Win32_LogicalDiskToPartition"
        Get-WmiObject -Query $inner | ForEach-Object {
            if ($_.DeviceID -eq $letter) { $stick = $disk.PNPDeviceID.Substring($disk.PNPDeviceID.LastIndexOf('\') + 1) }
        }
    }
}
$offset = 'null'
if ($TrueTime -ne '') {
    try {
        $true1 = [DateTime]::ParseExact($TrueTime, 'yyyy-MM-dd HH:mm:ss', [Globalization.CultureInfo]::InvariantCulture)
        $offset = [string][int]([DateTime]::Now - $true1).TotalSeconds
    } catch { Note-Failure 'giờ đúng' 'không đúng dạng yyyy-MM-dd HH:mm:ss' }
}
$rows = @()
Get-ChildItem -LiteralPath $Root -Recurse -Force | Where-Object { -not $_.PSIsContainer } | ForEach-Object {
    $path = $_.FullName.Substring((Get-Item -LiteralPath $Root).FullName.Length + 1).Replace('\', '/')
    $rows += '{"path": ' + (Escape-Json $path) + ', "size": ' + $_.Length + ', "sha256": "' + (Hash-Of $_.FullName) + '"}'
}
$failures = @()
foreach ($f in $script:Failed) { $failures += '{"what": ' + (Escape-Json $f[0]) + ', "why": ' + (Escape-Json $f[1]) + '}' }
$manifest = @(
    '{"schema_version": 1,'
    ('"computer": ' + (Escape-Json $env:COMPUTERNAME) + ',')
    ('"bios_serial": ' + (Escape-Json ([string]$bios.SerialNumber)) + ',')
    ('"machine_guid": ' + (Escape-Json ([string]$guid)) + ',')
    ('"machine_sid": ' + (Escape-Json $sid) + ',')
    ('"installed": ' + (Escape-Json $installed) + ',')
    ('"os": ' + (Escape-Json ([string]$system.Caption + ' ' + [string]$system.Version)) + ',')
    ('"time_zone": ' + (Escape-Json ([TimeZoneInfo]::Local.Id)) + ',')
    ('"collected_at": "' + $Now.ToString('s') + 'Z",')
    ('"clock_offset_seconds": ' + $offset + ',')
    ('"collector": ' + (Escape-Json $Collector) + ',')
    ('"authority": ' + (Escape-Json $Authority) + ',')
    ('"stick_serial": ' + (Escape-Json $stick) + ',')
    ('"failed": [' + ($failures -join ', ') + '],')
    ('"files": [' + ($rows -join ",`r`n") + ']}')
)
Save-Text 'thu-thap.json' $manifest

# Zip with the shell's own compressor; the folder stays when that fails, and the analyser reads a folder as well.
$zip = $Root + '.zip'
try {
    [System.IO.File]::WriteAllBytes($zip, [byte[]](@(0x50, 0x4B, 5, 6) + @(0) * 18))
    $shell = New-Object -ComObject Shell.Application
    $target = $shell.NameSpace((Get-Item -LiteralPath $zip).FullName)
    $source = $shell.NameSpace((Get-Item -LiteralPath $Root).FullName)
    $target.CopyHere($source.Items(), 20)
    $wait = 0
    while ($target.Items().Count -lt $source.Items().Count -and $wait -lt 600) { Start-Sleep -Seconds 1; $wait++ }
} catch { Write-Host 'Không nén được; hãy dùng nguyên thư mục kết quả.' }
Write-Host ('Xong. Kết quả: ' + $Root)
Write-Host ('Số mục không thu được: ' + $script:Failed.Count)
exit 0
