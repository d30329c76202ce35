import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ROOT } from '../host/install.mts';

const BROWSERS = [
	'/usr/bin/chromium',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const PICTURES = join(ROOT, 'docs', 'screenshots');

export async function launchBrowser(): Promise<Browser> {
	const executablePath = BROWSERS.find(existsSync);
	if (!executablePath) throw new Error('No Chromium was found. On Debian: apt-get install chromium');
	const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
	return await chromium.launch({ executablePath, args });
}

/** Saves a picture as WebP, since the build would ship a PNG. Chromium converts it on an empty page. */
export async function takePicture(page: Page, name: string): Promise<void> {
	const png = (await page.screenshot()).toString('base64');
	const converter = await page.context().newPage();
	const webp = await converter.evaluate(async (data) => {
		const image = new Image();
		image.src = `data:image/png;base64,${data}`;
		await image.decode();
		const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
		canvas.getContext('2d')?.drawImage(image, 0, 0);
		return canvas.toDataURL('image/webp', 0.85).split(',')[1];
	}, png);
	await converter.close();
	await mkdir(PICTURES, { recursive: true });
	await writeFile(join(PICTURES, `${name}.webp`), Buffer.from(webp ?? '', 'base64'));
}
