@echo off
rem Collects the traces of this computer for an inspection. Windows built-ins only; Windows 7 to 11. Run as administrator.
rem Nothing is changed on the computer; no passwords, Wi-Fi keys or contents of documents are taken.
chcp 65001 >nul
setlocal
net session >nul 2>&1
if errorlevel 1 (
  echo Hãy bấm chuột phải vào tệp này và chọn "Run as administrator" / "Chạy với quyền quản trị".
  pause
  exit /b 2
)
echo Bộ thu thập có thể chứa thông tin mật: chỉ lưu trên thiết bị đã đăng ký và bàn giao theo quy định.
set /p NGUOI=Họ tên người thu thập:
set /p CANCU=Căn cứ (số quyết định kiểm tra):
set /p GIO=Giờ đúng của đoàn kiểm tra, dạng yyyy-MM-dd HH:mm:ss (Enter nếu không có):
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0thu-thap.ps1" -Collector "%NGUOI%" -Authority "%CANCU%" -TrueTime "%GIO%" -Output "%~dp0."
set KETQUA=%ERRORLEVEL%
pause
exit /b %KETQUA%
