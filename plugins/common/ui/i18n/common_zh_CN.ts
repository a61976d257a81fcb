<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>busy_line</name>
    <message>
        <source>Stopping …</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Please wait …</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop what is going on</source>
        <translation>停止正在进行的操作</translation>
    </message>
</context>
<context>
    <name>field</name>
    <message>
        <source>%1 (required)</source>
        <translation>%1（必填）</translation>
    </message>
</context>
<context>
    <name>notice</name>
    <message>
        <source>It did not work.</source>
        <translation>操作没有成功。</translation>
    </message>
    <message>
        <source>Support code: %1</source>
        <translation>支持代码：%1</translation>
    </message>
</context>
<context>
    <name>step_bar</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>第 %1 步，共 %2 步：%3</translation>
    </message>
</context>
</TS>
