import type { AccessModel } from '../../model/model.ts';
import { type PowerShell, powershell, psWord } from '../../quote/powershell.ts';
import { type Sh, sh } from '../../quote/sh.ts';

export const INSTALLER = 'database-server/install-certificates.sh';
export const WINDOWS_INSTALLER = 'database-server/install-certificates.ps1';

/** The command that installs the certificates on the database server, from the folder of the bundle. */
export const installer = ({ platform }: AccessModel): Sh | PowerShell =>
  platform.platform === 'windows'
    ? powershell`powershell -ExecutionPolicy Bypass -File ${psWord(WINDOWS_INSTALLER.replaceAll('/', '\\'))}`
    : sh`sudo bash database-server/install-certificates.sh`;
