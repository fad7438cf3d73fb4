rule bmnn_lnk_into_hidden_recycler
{
    meta:
        description = "Shortcut whose command leads into a false recycle bin or a folder named with a non-breaking space"
        licence = "Apache-2.0"
    strings:
        $recycler = "RECYCLER.BIN\\" wide ascii nocase
        $recyclers = "RECYCLERS.BIN\\" wide ascii nocase
        $blank = { 5C 00 A0 00 5C 00 }
    condition:
        uint32(0) == 0x0000004C and uint32(4) == 0x00021401 and any of them
}

rule bmnn_korplug_registry_mark
{
    meta:
        description = "Program that writes the registry key ms-pu used by Korplug beside its class id"
        licence = "Apache-2.0"
    strings:
        $key = "Software\\CLASSES\\ms-pu" wide ascii nocase
        $value = "CLSID" wide ascii
    condition:
        uint16(0) == 0x5A4D and all of them
}
