@echo off
node "%~dp0..\dist\pack.js" %*
