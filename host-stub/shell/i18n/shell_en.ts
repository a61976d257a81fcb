<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>drivers_page</name>
    <message>
        <source>Copied. Paste it into a message to the service desk.</source>
        <translation>Copied. Paste it into a message to the service desk.</translation>
    </message>
    <message>
        <source>Libraries (*.so *.so.*)</source>
        <translation>Libraries (*.so *.so.*)</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>Loaded</translation>
    </message>
    <message>
        <source>The device does not answer</source>
        <translation>The device does not answer</translation>
    </message>
    <message>
        <source>PIN locked</source>
        <translation>PIN locked</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Ready</translation>
    </message>
    <message>
        <source>Token drivers</source>
        <translation>Token drivers</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Tokens</translation>
    </message>
    <message>
        <source>A driver comes with the token, from its maker. If yours is missing here, install it and add its library.</source>
        <translation>A driver comes with the token, from its maker. If yours is missing here, install it and add its library.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>Interface</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Serial number</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Model</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Driver</translation>
    </message>
    <message>
        <source>Add an SKF library …</source>
        <translation>Add an SKF library …</translation>
    </message>
    <message>
        <source>Add a PKCS#11 library …</source>
        <translation>Add a PKCS#11 library …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>Copy diagnosis</source>
        <translation>Copy diagnosis</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
</context>
<context>
    <name>main_window</name>
    <message>
        <source>Starting …</source>
        <translation>Starting …</translation>
    </message>
    <message>
        <source>No token. Insert your token.</source>
        <translation>No token. Insert your token.</translation>
    </message>
    <message>
        <source>tries left: %1</source>
        <translation>tries left: %1</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>PIN locked</source>
        <translation>PIN locked</translation>
    </message>
    <message>
        <source>the device does not answer</source>
        <translation>the device does not answer</translation>
    </message>
    <message>
        <source>Token %1 (%2)</source>
        <translation>Token %1 (%2)</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>My certificates</source>
        <translation>My certificates</translation>
    </message>
    <message>
        <source>Renewal</source>
        <translation>Renewal</translation>
    </message>
    <message>
        <source>Drivers</source>
        <translation>Drivers</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Hotline %1</source>
        <translation>Hotline %1</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Options</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Appearance</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>As the system</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>Service hotline: %1</source>
        <translation>Service hotline: %1</translation>
    </message>
    <message>
        <source>Service QQ: %1</source>
        <translation>Service QQ: %1</translation>
    </message>
    <message>
        <source>When you call, have the support code ready: it stands below the message, for example KC-TOKEN-REMOVED.</source>
        <translation>When you call, have the support code ready: it stands below the message, for example KC-TOKEN-REMOVED.</translation>
    </message>
    <message>
        <source>Open this page in a browser</source>
        <translation>Open this page in a browser</translation>
    </message>
</context>
<context>
    <name>pin_window</name>
    <message>
        <source>Token: %1</source>
        <translation>Token: %1</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Two tries are left.</source>
        <translation>Two tries are left.</translation>
    </message>
    <message>
        <source>New PIN:</source>
        <translation>New PIN:</translation>
    </message>
    <message>
        <source>Old PIN:</source>
        <translation>Old PIN:</translation>
    </message>
    <message>
        <source>Enter the PIN:</source>
        <translation>Enter the PIN:</translation>
    </message>
    <message>
        <source>The new PIN again:</source>
        <translation>The new PIN again:</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>Tries left: %1</source>
        <translation>Tries left: %1</translation>
    </message>
    <message>
        <source>The token is checking the PIN</source>
        <translation>The token is checking the PIN</translation>
    </message>
    <message>
        <source>PIN dialog</source>
        <translation>PIN dialog</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>Change the PIN</translation>
    </message>
    <message>
        <source>Set a new PIN</source>
        <translation>Set a new PIN</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Forgotten PIN</source>
        <translation>Forgotten PIN</translation>
    </message>
    <message>
        <source>%1 to %2 characters</source>
        <translation>%1 to %2 characters</translation>
    </message>
    <message>
        <source>letters and digits only</source>
        <translation>letters and digits only</translation>
    </message>
    <message>
        <source>not a simple one such as 12345678</source>
        <translation>not a simple one such as 12345678</translation>
    </message>
    <message>
        <source>the same in both fields</source>
        <translation>the same in both fields</translation>
    </message>
</context>
<context>
    <name>slot_place</name>
    <message>
        <source>Starting …</source>
        <translation>Starting …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>%1 is not available: %2</source>
        <translation>%1 is not available: %2</translation>
    </message>
</context>
<context>
    <name>window_shell</name>
    <message>
        <source>Yes</source>
        <translation>Yes</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
</context>
</TS>
