# Prepares a Windows 10 or 11 machine from the same locks as Linux: .venv, the phone engine, this project.
# Usage:  powershell -ExecutionPolicy Bypass -File installer\windows\setup.ps1 [-Demo] [-Test] [-Python python] [-PhoneWheel FILE]
#   -Demo        afterwards start the demo
#   -Test        afterwards run the tests
#   -PhoneWheel  the phone engine built by us for this Python; without it a ready-made one stands in (no TLS, no Opus)
param(
    [string]$Python = "python",
    [string]$PhoneWheel = "",
    [switch]$Demo,
    [switch]$Test
)
$ErrorActionPreference = "Stop"
Set-StrictMode -Version 3
Set-Location (Join-Path $PSScriptRoot "..\..")

function Invoke-Step([string]$Program, [string[]]$Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program $($Arguments -join ' ') ended with exit code $LASTEXITCODE" }
}

function Get-Hash([string[]]$Lines) {
    $bytes = [Text.Encoding]::UTF8.GetBytes($Lines -join "`n")
    $sha = [Security.Cryptography.SHA256]::Create()
    try { return [BitConverter]::ToString($sha.ComputeHash($bytes)).Replace("-", "").ToLowerInvariant() } finally { $sha.Dispose() }
}

$abi = & $Python -c "import sys; print('%d%d' % sys.version_info[:2])"
$lock = "requirements\windows-py$abi.txt"
if (-not (Test-Path $lock)) { throw "Python 3.11 or 3.12 is needed; $Python is another one (setup.ps1 -Python PATH)" }
$cache = if ($env:AGENT_DESKTOP_CACHE) { $env:AGENT_DESKTOP_CACHE } else { Join-Path $env:LOCALAPPDATA "agent-desktop\cache" }
$env:UV_CACHE_DIR = if ($env:UV_CACHE_DIR) { $env:UV_CACHE_DIR } else { Join-Path $cache "uv" }
$env:UV_PYTHON_DOWNLOADS = "never"

$sources = @($lock, "requirements\uv.txt", "requirements\phone-windows.txt", "pyproject.toml", $PSCommandPath)
if ($PhoneWheel) { $sources += $PhoneWheel }
$interpreter = & $Python -c "import sys; print(sys.executable, sys.version)"
$wanted = Get-Hash (@($interpreter) + ($sources | ForEach-Object { (Get-FileHash $_ -Algorithm SHA256).Hash }))
$stamp = ".venv\.setup"
$venvPython = ".venv\Scripts\python.exe"

if (-not ((Test-Path $stamp) -and ((Get-Content $stamp) -eq $wanted))) {
    $uvHome = Join-Path $cache ("uv-" + (Get-FileHash "requirements\uv.txt" -Algorithm SHA256).Hash.Substring(0, 12) + "-py$abi")
    $uv = Join-Path $uvHome "Scripts\uv.exe"
    if (-not (Test-Path $uv)) {
        if (Test-Path $uvHome) { Remove-Item -Recurse -Force $uvHome }
        Invoke-Step $Python @("-m", "venv", $uvHome)
        Invoke-Step (Join-Path $uvHome "Scripts\python.exe") @("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", "requirements\uv.txt")
    }
    Write-Output "setup: filling .venv from $lock"
    Invoke-Step $uv @("venv", "--quiet", "--clear", "--python", (& $Python -c "import sys; print(sys.executable)"), ".venv")
    Invoke-Step $uv @("pip", "sync", "--quiet", "--python", $venvPython, "--require-hashes", $lock)
    if ($PhoneWheel) {
        Invoke-Step $uv @("pip", "install", "--quiet", "--python", $venvPython, "--no-deps", "--no-index", $PhoneWheel)
    } else {
        Write-Output "setup: a ready-made phone engine stands in: no TLS, no Opus (setup.ps1 -PhoneWheel FILE takes ours)"
        Invoke-Step $uv @("pip", "install", "--quiet", "--python", $venvPython, "--no-deps", "--require-hashes", "-r", "requirements\phone-windows.txt")
    }
    Invoke-Step $uv @("pip", "install", "--quiet", "--python", $venvPython, "--no-deps", "--no-build-isolation", "--editable", ".")
    Set-Content -Path $stamp -Value $wanted
    Write-Output "setup: ready"
}
if ($Test) {
    $env:QT_QPA_PLATFORM = "offscreen"
    Invoke-Step $venvPython @("-m", "pytest")
    Remove-Item Env:QT_QPA_PLATFORM
}
if ($Demo) { Invoke-Step $venvPython @("-m", "demo") }
