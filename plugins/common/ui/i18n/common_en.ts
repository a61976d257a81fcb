<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>busy_line</name>
    <message>
        <source>Stopping …</source>
        <translation>Stopping …</translation>
    </message>
    <message>
        <source>Please wait …</source>
        <translation>Please wait …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>Stop what is going on</source>
        <translation>Stop what is going on</translation>
    </message>
</context>
<context>
    <name>field</name>
    <message>
        <source>%1 (required)</source>
        <translation>%1 (required)</translation>
    </message>
</context>
<context>
    <name>notice</name>
    <message>
        <source>It did not work.</source>
        <translation>It did not work.</translation>
    </message>
    <message>
        <source>Support code: %1</source>
        <translation>Support code: %1</translation>
    </message>
</context>
<context>
    <name>step_bar</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>Step %1 of %2: %3</translation>
    </message>
</context>
</TS>
