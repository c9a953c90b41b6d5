; The installer as a program, for who may not use the MSI. What it is told stands in docs/it/install-windows.md.
; makensis -DVERSION -DNUMBERS -DPAYLOAD -DREGISTRY -DICON -DHELPER -DTO -DSIGN agent-desktop.nsi
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
SetCompressor /SOLID lzma
RequestExecutionLevel admin
Name "Agent Desktop"
OutFile "${TO}"
Icon "${ICON}"
UninstallIcon "${ICON}"
InstallDir "$PROGRAMFILES64\Agent Desktop"
InstallDirRegKey HKLM "Software\AgentDesktop\Installed" "INSTALLDIR"
ShowInstDetails nevershow
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "Agent Desktop"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installer of Agent Desktop"
VIAddVersionKey "LegalCopyright" "GNU General Public License, version 3 or later"
!uninstfinalize '${SIGN} "%1"' = 0

!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include "${REGISTRY}"
!define INSTALLED "Software\AgentDesktop\Installed"
!define LISTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\AgentDesktop"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Var provision
Var links
Var autostart

; Says why, and ends with that number.
!macro Refuse NUMBER SENTENCE
  MessageBox MB_OK|MB_ICONSTOP `${SENTENCE}` /SD IDOK
  SetErrorLevel ${NUMBER}
  Quit
!macroend

; VARIABLE is what stands behind /NAME=, or OTHERWISE.
!macro Told VARIABLE NAME OTHERWISE
  ${GetOptions} $0 "/${NAME}=" ${VARIABLE}
  ${If} ${Errors}
    StrCpy ${VARIABLE} "${OTHERWISE}"
  ${EndIf}
!macroend

Function .onInit
  SetRegView 64
  SetShellVarContext all
  ${GetParameters} $0
  !insertmacro Told $provision PROVISION ""
  !insertmacro Told $links URLHANDLERS 1
  !insertmacro Told $autostart AUTOSTART 1
  !insertmacro Told $2 ALLOWDOWNGRADE 0
  ReadRegStr $1 HKLM "${INSTALLED}" "BY"
  ${If} $1 == "msi"
    !insertmacro Refuse 12 "Agent Desktop was installed by its MSI. Remove that first: what people did and your files of policy stay."
  ${EndIf}
  ReadRegStr $1 HKLM "${LISTED}" "DisplayVersion"
  ${VersionCompare} "$1" "${VERSION}" $3
  ${If} $1 != ""
  ${AndIf} $3 == 1
  ${AndIf} $2 != 1
    !insertmacro Refuse 11 "A newer version of Agent Desktop ($1) is installed. Remove it first, or say /ALLOWDOWNGRADE=1."
  ${EndIf}
  ${If} $provision != ""
  ${AndIfNot} ${FileExists} "$provision"
    !insertmacro Refuse 4 "There is no file $provision."
  ${EndIf}
FunctionEnd

; What is removed later is removed whole: the folder must be ours, or nobody's.
Function JudgeFolder
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\agent-desktop.exe"
    ${DirState} "$INSTDIR" $1
    ${If} $1 == 1
      !insertmacro Refuse 13 "$INSTDIR holds something else. Choose an empty folder."
    ${EndIf}
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\agent-desktop.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\agent-desktop.exe" a
    ${If} ${Errors}
      !insertmacro Refuse 14 "Agent Desktop is open. Close it, also for others who are signed in, and start again."
    ${EndIf}
    FileClose $1
  ${EndIf}
FunctionEnd

!macro RemoveProgram
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\licences"
  RMDir /r "$INSTDIR\policy"
  Delete "$INSTDIR\*.dll"
  Delete "$INSTDIR\*.pyd"
  Delete "$INSTDIR\agent-desktop.exe"
  Delete "$INSTDIR\agent-desktop-console.exe"
  Delete "$INSTDIR\python312._pth"
  Delete "$INSTDIR\python312.zip"
  Delete "$INSTDIR\sbom.cdx.json"
  Delete "$INSTDIR\uninstall.exe"
!macroend

Section
  Call JudgeFolder
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}/*"
  InitPluginsDir
  File "/oname=$PLUGINSDIR\machine_folder.exe" "${HELPER}"
  ExecWait '"$PLUGINSDIR\machine_folder.exe" seed "$provision"' $1
  ${If} $1 != 0
    !insertmacro Refuse $1 "The folder that all people of this computer read could not be written ($1)."
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Agent Desktop.lnk" "$INSTDIR\agent-desktop.exe"
  !insertmacro RemoveUrlHandlers
  !insertmacro RemoveAutostart
  ${If} $links == 1
    !insertmacro WriteUrlHandlers
  ${EndIf}
  ${If} $autostart == 1
    !insertmacro WriteAutostart
  ${EndIf}
  WriteRegStr HKLM "${INSTALLED}" "BY" "exe"
  WriteRegStr HKLM "${INSTALLED}" "INSTALLDIR" "$INSTDIR"
  WriteRegStr HKLM "${LISTED}" "DisplayName" "Agent Desktop"
  WriteRegStr HKLM "${LISTED}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${LISTED}" "DisplayIcon" "$INSTDIR\agent-desktop.exe,0"
  WriteRegStr HKLM "${LISTED}" "Publisher" "Agent Desktop"
  WriteRegStr HKLM "${LISTED}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${LISTED}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${LISTED}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${LISTED}" "NoModify" 1
  WriteRegDWORD HKLM "${LISTED}" "NoRepair" 1
  WriteRegDWORD HKLM "${LISTED}" "EstimatedSize" ${KILOBYTES}
SectionEnd

Function un.onInit
  SetRegView 64
  SetShellVarContext all
FunctionEnd

Section un.
  ${GetParameters} $0
  !insertmacro Told $2 WIPEDATA 0
  StrCpy $2 $2 1 ; whatever follows it without a "/", such as _?=FOLDER
  ${If} $2 == 1
    InitPluginsDir
    File "/oname=$PLUGINSDIR\machine_folder.exe" "${HELPER}"
    ExecWait '"$PLUGINSDIR\machine_folder.exe" wipe' $1
  ${EndIf}
  !insertmacro RemoveProgram
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Agent Desktop.lnk"
  !insertmacro RemoveUrlHandlers
  !insertmacro RemoveAutostart
  DeleteRegKey HKLM "${LISTED}"
  DeleteRegKey HKLM "${INSTALLED}"
  DeleteRegKey /ifempty HKLM "Software\AgentDesktop"
SectionEnd
