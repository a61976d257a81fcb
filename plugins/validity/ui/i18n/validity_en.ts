<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>certificate_model</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 to %2</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>Days left</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <source>Validity in time</source>
        <translation>Validity in time</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Serial number</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Issuer</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Valid from</translation>
    </message>
</context>
<context>
    <name>certificate_row</name>
    <message>
        <source>Ending soon</source>
        <translation>Ending soon</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>Not yet valid</source>
        <translation>Not yet valid</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Replaced</translation>
    </message>
    <message>
        <source>Valid</source>
        <translation>Valid</translation>
    </message>
</context>
<context>
    <name>certificate_table</name>
    <message>
        <source>Certificates</source>
        <translation>Certificates</translation>
    </message>
    <message>
        <source>The arrow keys choose a certificate; its details stand below the table.</source>
        <translation>The arrow keys choose a certificate; its details stand below the table.</translation>
    </message>
</context>
<context>
    <name>certificates_page</name>
    <message>
        <source>Saved as %1</source>
        <translation>Saved as %1</translation>
    </message>
    <message>
        <source>%1 could not be written: %2. Please choose another folder.</source>
        <translation>%1 could not be written: %2. Please choose another folder.</translation>
    </message>
    <message>
        <source>Certificate (*.pem)</source>
        <translation>Certificate (*.pem)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Table (*.csv)</translation>
    </message>
    <message>
        <source>Calendar (*.ics)</source>
        <translation>Calendar (*.ics)</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Copied: %1</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>%1 in all</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 of %2</translation>
    </message>
    <message>
        <source>My certificates</source>
        <translation>My certificates</translation>
    </message>
    <message>
        <source>Search: subject, issuer, serial number, token</source>
        <translation>Search: subject, issuer, serial number, token</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Remind me</source>
        <translation>Remind me</translation>
    </message>
    <message>
        <source>Looks at the tokens again (F5)</source>
        <translation>Looks at the tokens again (F5)</translation>
    </message>
    <message>
        <source>Saves a calendar that reminds 90, 30 and 7 days before a certificate ends</source>
        <translation>Saves a calendar that reminds 90, 30 and 7 days before a certificate ends</translation>
    </message>
    <message>
        <source>Saves a certificate, or a table of all; no private key is in it</source>
        <translation>Saves a certificate, or a table of all; no private key is in it</translation>
    </message>
    <message>
        <source>This certificate (PEM)</source>
        <translation>This certificate (PEM)</translation>
    </message>
    <message>
        <source>Its encryption certificate (PEM)</source>
        <translation>Its encryption certificate (PEM)</translation>
    </message>
    <message>
        <source>Table of all certificates (CSV)</source>
        <translation>Table of all certificates (CSV)</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>All states</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Details of the chosen certificate</source>
        <translation>Details of the chosen certificate</translation>
    </message>
</context>
<context>
    <name>details_pane</name>
    <message>
        <source>could not be asked</source>
        <translation>could not be asked</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Copy: %1</translation>
    </message>
    <message>
        <source>signing, encryption</source>
        <translation>signing, encryption</translation>
    </message>
    <message>
        <source>signing</source>
        <translation>signing</translation>
    </message>
    <message>
        <source>encryption</source>
        <translation>encryption</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>on the token</source>
        <translation>on the token</translation>
    </message>
    <message>
        <source>missing: please call the hotline</source>
        <translation>missing: please call the hotline</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>Valid from</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>Valid until</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>Days left</translation>
    </message>
    <message>
        <source>Serial number</source>
        <translation>Serial number</translation>
    </message>
    <message>
        <source>Usage</source>
        <translation>Usage</translation>
    </message>
    <message>
        <source>Status at the server</source>
        <translation>Status at the server</translation>
    </message>
    <message>
        <source>being asked …</source>
        <translation>being asked …</translation>
    </message>
    <message>
        <source>Electronic seal</source>
        <translation>Electronic seal</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Token&apos;s serial number</source>
        <translation>Token's serial number</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Manufacturer</source>
        <translation>Manufacturer</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>Private key</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Key</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Application</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Serial number (encryption)</source>
        <translation>Serial number (encryption)</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Subject</translation>
    </message>
    <message>
        <source>Issuer</source>
        <translation>Issuer</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>SHA-256 (encryption)</source>
        <translation>SHA-256 (encryption)</translation>
    </message>
    <message>
        <source>All fields</source>
        <translation>All fields</translation>
    </message>
    <message>
        <source>Renew certificate</source>
        <translation>Renew certificate</translation>
    </message>
    <message>
        <source>Opens the page that renews certificates</source>
        <translation>Opens the page that renews certificates</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Copy all</translation>
    </message>
    <message>
        <source>Copies every field of this certificate</source>
        <translation>Copies every field of this certificate</translation>
    </message>
    <message>
        <source>No certificate matches the search.</source>
        <translation>No certificate matches the search.</translation>
    </message>
</context>
<context>
    <name>file_saver</name>
    <message>
        <source>Save as</source>
        <translation>Save as</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>Folder:</translation>
    </message>
    <message>
        <source>File name:</source>
        <translation>File name:</translation>
    </message>
    <message>
        <source>File type:</source>
        <translation>File type:</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>The file exists</source>
        <translation>The file exists</translation>
    </message>
    <message>
        <source>There is already a file &quot;%1&quot;. Replace it?</source>
        <translation>There is already a file "%1". Replace it?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Replace</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Keep</translation>
    </message>
</context>
<context>
    <name>home_card</name>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>Valid until %1</source>
        <translation>Valid until %1</translation>
    </message>
    <message>
        <source>%1 days left</source>
        <translation>%1 days left</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>and %1 more</translation>
    </message>
    <message>
        <source>Certificate information</source>
        <translation>Certificate information</translation>
    </message>
    <message>
        <source>My certificates</source>
        <translation>My certificates</translation>
    </message>
    <message>
        <source>Opens the page with all certificates and their details</source>
        <translation>Opens the page with all certificates and their details</translation>
    </message>
</context>
<context>
    <name>timeline_legend</name>
    <message>
        <source>Valid</source>
        <translation>Valid</translation>
    </message>
    <message>
        <source>Last %1 days: apply for renewal</source>
        <translation>Last %1 days: apply for renewal</translation>
    </message>
    <message>
        <source>Ended, or replaced by a newer one</source>
        <translation>Ended, or replaced by a newer one</translation>
    </message>
    <message>
        <source>Today, %1</source>
        <translation>Today, %1</translation>
    </message>
</context>
</TS>
