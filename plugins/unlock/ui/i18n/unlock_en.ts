<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>applicant_panel</name>
    <message>
        <source>Fill in the applicant's data exactly as in your last business with us. Data that differ are looked at by a person, which takes longer.</source>
        <translation>Fill in the applicant's data exactly as in your last business with us. Data that differ are looked at by a person, which takes longer.</translation>
    </message>
    <message>
        <source>Resident identity card</source>
        <translation>Resident identity card</translation>
    </message>
    <message>
        <source>Mainland travel permit for Hong Kong and Macau residents</source>
        <translation>Mainland travel permit for Hong Kong and Macau residents</translation>
    </message>
    <message>
        <source>Mainland travel permit for Taiwan residents</source>
        <translation>Mainland travel permit for Taiwan residents</translation>
    </message>
    <message>
        <source>Passport</source>
        <translation>Passport</translation>
    </message>
    <message>
        <source>Unified social credit code</source>
        <translation>Unified social credit code</translation>
    </message>
    <message>
        <source>Applicant's kind of document</source>
        <translation>Applicant's kind of document</translation>
    </message>
    <message>
        <source>Applicant's document number</source>
        <translation>Applicant's document number</translation>
    </message>
    <message>
        <source>A true and valid resident identity number</source>
        <translation>A true and valid resident identity number</translation>
    </message>
    <message>
        <source>A true and valid number, as on the document</source>
        <translation>A true and valid number, as on the document</translation>
    </message>
    <message>
        <source>Applicant's name</source>
        <translation>Applicant's name</translation>
    </message>
    <message>
        <source>The applicant's true name; it belongs to the document number</source>
        <translation>The applicant's true name; it belongs to the document number</translation>
    </message>
    <message>
        <source>Mobile number</source>
        <translation>Mobile number</translation>
    </message>
    <message>
        <source>The mobile number on record; the code from the text message goes there</source>
        <translation>The mobile number on record; the code from the text message goes there</translation>
    </message>
    <message>
        <source>Submit</source>
        <translation>Submit</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>Previous step</translation>
    </message>
</context>
<context>
    <name>code_panel</name>
    <message>
        <source>Send another code (%1 s)</source>
        <translation>Send another code (%1 s)</translation>
    </message>
    <message>
        <source>Send another code</source>
        <translation>Send another code</translation>
    </message>
    <message>
        <source>The code proves that it is you who applies.</source>
        <translation>The code proves that it is you who applies.</translation>
    </message>
    <message>
        <source>It was approved. The code releases the unlock; then a dialog asks for your new PIN. Attempts left on this application: %1.</source>
        <translation>It was approved. The code releases the unlock; then a dialog asks for your new PIN. Attempts left on this application: %1.</translation>
    </message>
    <message>
        <source>A code was sent to the mobile phone on record, %1. It is good until %2.</source>
        <translation>A code was sent to the mobile phone on record, %1. It is good until %2.</translation>
    </message>
    <message>
        <source>Code from the text message</source>
        <translation>Code from the text message</translation>
    </message>
    <message>
        <source>Six digits; they are not shown while you type</source>
        <translation>Six digits; they are not shown while you type</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirm</translation>
    </message>
</context>
<context>
    <name>home_card</name>
    <message>
        <source>Not plugged in</source>
        <translation>Not plugged in</translation>
    </message>
    <message>
        <source>It does not answer. Unplug it and plug it in again.</source>
        <translation>It does not answer. Unplug it and plug it in again.</translation>
    </message>
    <message>
        <source>PIN locked</source>
        <translation>PIN locked</translation>
    </message>
    <message>
        <source>Change PIN</source>
        <translation>Change PIN</translation>
    </message>
    <message>
        <source>A dialog asks for the old and the new PIN</source>
        <translation>A dialog asks for the old and the new PIN</translation>
    </message>
    <message>
        <source>An unlock is under way. Press Forgotten PIN to go on with it.</source>
        <translation>An unlock is under way. Press Forgotten PIN to go on with it.</translation>
    </message>
    <message>
        <source>The PIN is locked. Press Forgotten PIN and follow the steps to unlock it.</source>
        <translation>The PIN is locked. Press Forgotten PIN and follow the steps to unlock it.</translation>
    </message>
    <message>
        <source>The PIN is locked, and this token cannot be unlocked online. Please call the hotline.</source>
        <translation>The PIN is locked, and this token cannot be unlocked online. Please call the hotline.</translation>
    </message>
    <message>
        <source>Answer the dialog for the PIN …</source>
        <translation>Answer the dialog for the PIN …</translation>
    </message>
    <message>
        <source>PIN of the token</source>
        <translation>PIN of the token</translation>
    </message>
    <message>
        <source>No token was found. Plug one in.</source>
        <translation>No token was found. Plug one in.</translation>
    </message>
    <message>
        <source>Forgotten PIN</source>
        <translation>Forgotten PIN</translation>
    </message>
    <message>
        <source>Unlocks a token, or sets a new PIN in place of a forgotten one</source>
        <translation>Unlocks a token, or sets a new PIN in place of a forgotten one</translation>
    </message>
</context>
<context>
    <name>token_panel</name>
    <message>
        <source>Not plugged in</source>
        <translation>Not plugged in</translation>
    </message>
    <message>
        <source>It does not answer. Unplug it and plug it in again.</source>
        <translation>It does not answer. Unplug it and plug it in again.</translation>
    </message>
    <message>
        <source>PIN locked</source>
        <translation>PIN locked</translation>
    </message>
    <message>
        <source>Its unlock is under way</source>
        <translation>Its unlock is under way</translation>
    </message>
    <message>
        <source>No token was found. Plug in the token that you want to unlock.</source>
        <translation>No token was found. Plug in the token that you want to unlock.</translation>
    </message>
    <message>
        <source>There are several tokens. Choose the one by the serial number printed on it.</source>
        <translation>There are several tokens. Choose the one by the serial number printed on it.</translation>
    </message>
    <message>
        <source>You have applied already. Go on with it; there is no need to apply again.</source>
        <translation>You have applied already. Go on with it; there is no need to apply again.</translation>
    </message>
    <message>
        <source>This token does not answer. Unplug it, plug it in again, and look again.</source>
        <translation>This token does not answer. Unplug it, plug it in again, and look again.</translation>
    </message>
    <message>
        <source>This token cannot be unlocked online. Please call the hotline below.</source>
        <translation>This token cannot be unlocked online. Please call the hotline below.</translation>
    </message>
    <message>
        <source>The PIN is not locked; you can still enter it. Go on only if you have forgotten it.</source>
        <translation>The PIN is not locked; you can still enter it. Go on only if you have forgotten it.</translation>
    </message>
    <message>
        <source>The PIN was entered wrongly too many times in a row, so the token was locked. Certificates and keys on it are safe. Next: the applicant's data.</source>
        <translation>The PIN was entered wrongly too many times in a row, so the token was locked. Certificates and keys on it are safe. Next: the applicant's data.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>If the PIN is locked or forgotten: prove who you are, wait for the review, and set a new PIN. It takes three things: this token, the data of your last business, and the mobile phone on record.</source>
        <translation>If the PIN is locked or forgotten: prove who you are, wait for the review, and set a new PIN. It takes three things: this token, the data of your last business, and the mobile phone on record.</translation>
    </message>
    <message>
        <source>I have forgotten the PIN</source>
        <translation>I have forgotten the PIN</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>Looks for tokens and reads the state of their PINs</source>
        <translation>Looks for tokens and reads the state of their PINs</translation>
    </message>
    <message>
        <source>This token has several applications, each with a PIN of its own. Choose the one to unlock.</source>
        <translation>This token has several applications, each with a PIN of its own. Choose the one to unlock.</translation>
    </message>
</context>
<context>
    <name>pin_view</name>
    <message>
        <source>Token serial number: %1</source>
        <translation>Token serial number: %1</translation>
    </message>
    <message>
        <source>Token serial number: %1, application: %2</source>
        <translation>Token serial number: %1, application: %2</translation>
    </message>
</context>
<context>
    <name>unlock_page</name>
    <message>
        <source>Type your new PIN in the dialog that opens …</source>
        <translation>Type your new PIN in the dialog that opens …</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>Back to the home page; nothing is lost</source>
        <translation>Back to the home page; nothing is lost</translation>
    </message>
    <message>
        <source>Forgotten PIN</source>
        <translation>Forgotten PIN</translation>
    </message>
    <message>
        <source>Service hotline: %1</source>
        <translation>Service hotline: %1</translation>
    </message>
    <message>
        <source>PIN state</source>
        <translation>PIN state</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Apply</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message>
        <source>Home page</source>
        <translation>Home page</translation>
    </message>
    <message>
        <source>Apply again</source>
        <translation>Apply again</translation>
    </message>
    <message>
        <source>Send me the code</source>
        <translation>Send me the code</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>Applied</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>Prove that it is you</source>
        <translation>Prove that it is you</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>Approved</translation>
    </message>
    <message>
        <source>Under review</source>
        <translation>Under review</translation>
    </message>
    <message>
        <source>You may close this page or the program: it goes on from here. This page looks again by itself.</source>
        <translation>You may close this page or the program: it goes on from here. This page looks again by itself.</translation>
    </message>
    <message>
        <source>Plug in the right token</source>
        <translation>Plug in the right token</translation>
    </message>
    <message>
        <source>The new PIN is not set yet</source>
        <translation>The new PIN is not set yet</translation>
    </message>
    <message>
        <source>The dialog was closed before a new PIN was set. Open it again within five minutes; later another code is needed.</source>
        <translation>The dialog was closed before a new PIN was set. Open it again within five minutes; later another code is needed.</translation>
    </message>
    <message>
        <source>Set a new PIN</source>
        <translation>Set a new PIN</translation>
    </message>
    <message>
        <source>The network was interrupted</source>
        <translation>The network was interrupted</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>Unlocked</translation>
    </message>
    <message>
        <source>Not approved</source>
        <translation>Not approved</translation>
    </message>
    <message>
        <source>The application has expired</source>
        <translation>The application has expired</translation>
    </message>
    <message>
        <source>The limit is reached</source>
        <translation>The limit is reached</translation>
    </message>
    <message>
        <source>This token cannot be unlocked online</source>
        <translation>This token cannot be unlocked online</translation>
    </message>
    <message>
        <source>Choose another token</source>
        <translation>Choose another token</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>Application number: %1</source>
        <translation>Application number: %1</translation>
    </message>
    <message>
        <source>The answer did not come, so the outcome is not known. Nothing is lost.</source>
        <translation>The answer did not come, so the outcome is not known. Nothing is lost.</translation>
    </message>
    <message>
        <source>The same request is repeated by itself, and is not counted twice. &quot;Go on&quot; repeats it at once.</source>
        <translation>The same request is repeated by itself, and is not counted twice. &quot;Go on&quot; repeats it at once.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
</context>
</TS>
