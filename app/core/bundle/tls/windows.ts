import { say } from '../../messages/message.ts';
import type { AccessModel } from '../../model/model.ts';
import { lines } from '../../quote/lines.ts';
import { type PowerShell, powershell, psText } from '../../quote/powershell.ts';
import type { Artifact } from '../file.ts';
import { installedFiles } from './install.ts';
import { WINDOWS_INSTALLER } from './installer.ts';
import { asksCertificates } from './paths.ts';

/**
 * `install-certificates.ps1`. PostgreSQL on Windows does not check the permissions of the key (`be-secure-common.c`),
 * so this script sets what the check requires on other systems. Groups are named by their security identifiers, which
 * are the same in every language of Windows (learn.microsoft.com, "Well-known SIDs").
 */
export const installOnWindows: Artifact = {
  page: 'certificates',
  render(model) {
    const own = model.plan.security.certificate.source === 'own-ca';
    if (model.platform.platform !== 'windows' || (!own && !asksCertificates(model))) return [];
    const files = installedFiles(model);
    return [
      {
        path: WINDOWS_INSTALLER,
        machine: 'database-server',
        title: say('install.title'),
        intro: [say(own ? 'install.windowsIntro' : 'install.windowsClientIntro')],
        language: 'powershell',
        apply: 'reload',
        blocks: [
          { lines: start(model) },
          {
            lines: [
              powershell`$files = @(`,
              ...files.map(
                ({ name, path }) =>
                  powershell`  @{ From = Join-Path $from ${psText(name)}; To = ${psText(path)}; Secret = ${name === 'server.key' ? powershell`$true` : powershell`$false`} }`,
              ),
              powershell`)`,
              ...check,
            ],
            reason: { message: say('install.checks'), path: 'security.certificate.source' },
          },
          { lines: protect, reason: { message: say('install.windowsRights'), path: 'server.osUser' } },
          { lines: place, reason: { message: say('install.files'), path: 'server.configDirectory' } },
        ],
      },
    ];
  },
};

/** The account of the service. The installer of PostgreSQL uses NETWORK SERVICE; another account is looked up by its name. */
const ownerOf = ({ platform }: AccessModel): PowerShell =>
  platform.osUser === 'NETWORK SERVICE'
    ? powershell`'S-1-5-20'`
    : powershell`([System.Security.Principal.NTAccount]${psText(platform.osUser)}).Translate([System.Security.Principal.SecurityIdentifier]).Value`;

const start = (model: AccessModel): PowerShell[] =>
  lines(powershell`
    #Requires -Version 5.1
    #Requires -RunAsAdministrator
    $ErrorActionPreference = 'Stop'
    $from = $PSScriptRoot
    $owner = ${ownerOf(model)}
  `);

const check = lines(powershell`
  foreach ($file in $files) {
    if (-not (Test-Path -LiteralPath $file.From)) {
      if ($file.Secret -and (Test-Path -LiteralPath $file.To)) { continue }
      throw "$($file.From) is missing. Copy it from certificates\machines\database-server of make-certificates.sh. Nothing was changed."
    }
  }
`);

/** No rights are inherited: (R) for the account of the service, (F) for Administrators and SYSTEM. */
const protect = lines(powershell`
  function Protect-Key($path) {
    & icacls.exe $path /inheritance:r /grant:r "*\${owner}:(R)" '*S-1-5-32-544:(F)' '*S-1-5-18:(F)' | Out-Null
    if ($LASTEXITCODE -ne 0) { throw "icacls failed for $path." }
  }
`);

/** A key is protected before it has its content, and each file is renamed into place once all of them are copied. */
const place = lines(powershell`
  foreach ($file in $files) {
    if (-not (Test-Path -LiteralPath $file.From)) { continue }
    $new = "$($file.To).new"
    if (Test-Path -LiteralPath $new) { Remove-Item -LiteralPath $new -Force }
    New-Item -ItemType File -Path $new | Out-Null
    if ($file.Secret) { Protect-Key $new }
    [System.IO.File]::WriteAllBytes($new, [System.IO.File]::ReadAllBytes($file.From))
  }
  foreach ($file in $files) {
    $new = "$($file.To).new"
    if (Test-Path -LiteralPath $new) { Move-Item -LiteralPath $new -Destination $file.To -Force }
  }
  foreach ($file in $files) {
    if (-not $file.Secret -or -not (Test-Path -LiteralPath $file.From)) { continue }
    if ((Get-FileHash -LiteralPath $file.From).Hash -ne (Get-FileHash -LiteralPath $file.To).Hash) { throw "$($file.To) differs from $($file.From)." }
    Remove-Item -LiteralPath $file.From -Force
  }
  Write-Output 'Installed. The key was removed from this folder. PostgreSQL reads the files at the next reload.'
`);
