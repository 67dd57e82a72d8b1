import type { Settings } from '../config/settings.js';
import type { OpenFoundations } from './open-foundations.js';

export function writeBackup(_foundations: OpenFoundations, _file: string): Promise<string> {
  return Promise.reject(new Error('pending'));
}

export function restoreBackup(_settings: Settings, _file: string): Promise<string> {
  return Promise.reject(new Error('pending'));
}
