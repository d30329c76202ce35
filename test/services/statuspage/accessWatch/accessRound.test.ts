import { brief, WatchedPage, WatchingNode } from '../../../support/watchedPage';

/** A page with this number of viewers, and a node with a baseline. */
async function watching(
	viewers: number,
	kinds: WatchingNode['kinds'] = ['viewerAdded', 'viewerChanged', 'viewerRemoved'],
) {
	const page = new WatchedPage();
	const ids = Array.from({ length: viewers }, () => page.add('viewers'));
	const node = new WatchingNode(page, kinds);
	expect(await node.poll(Infinity, true)).toEqual([]);
	page.requests = [];
	return { page, node, ids };
}

test('a viewer that slips between two pages is looked up and not reported', async () => {
	const { page, node, ids } = await watching(350);
	page.before = (request) => {
		// The first viewer of page 3 moves to page 2, which was read already.
		if (request === 'viewers page 3') page.remove('viewers', ids[10]);
	};
	expect(brief(await node.poll())).toEqual([]);
	expect(page.requests).toEqual([1, 2, 3, 4].map((n) => `viewers page ${n}`).concat(`viewers ${ids[200]}`));
	page.before = () => {};
	expect(brief(await node.poll())).toEqual([`viewerRemoved ${ids[10]}`]);
	expect(await node.poll()).toEqual([]);
});

test('a viewer that slipped and changed is reported with the change', async () => {
	const { page, node, ids } = await watching(350);
	page.before = (request) => {
		if (request !== 'viewers page 3') return;
		page.remove('viewers', ids[10]);
		page.change('viewers', ids[200]);
	};
	expect(brief(await node.poll())).toEqual([`viewerChanged ${ids[200]}`]);
});

test('a viewer that is read twice counts as it was read last', async () => {
	const { page, node, ids } = await watching(150);
	page.before = (request) => {
		if (request !== 'viewers page 2') return;
		page.add('viewers', true);
		page.change('viewers', ids[99]);
	};
	// The new viewer is in front of the page that was read already.
	expect(brief(await node.poll())).toEqual([`viewerChanged ${ids[99]}`]);
	page.before = () => {};
	expect(brief(await node.poll())).toEqual([`viewerAdded ${page.objects.viewers[0].id}`]);
});

test('a removal is confirmed: the object, and its page', async () => {
	const { page, node, ids } = await watching(3);
	page.remove('viewers', ids[1]);
	expect(brief(await node.poll())).toEqual([`viewerRemoved ${ids[1]}`]);
	expect(page.requests).toEqual(['viewers page 1', `viewers ${ids[1]}`, 'place of viewers']);
});

test('many removals are confirmed by a second pass and a sample', async () => {
	const { page, node, ids } = await watching(250);
	for (const id of ids.slice(100, 200)) page.remove('viewers', id);
	expect(await node.poll()).toHaveLength(100);
	const looked = page.requests.filter((request) => /^viewers viewer/.test(request));
	expect([looked.length, page.requests.filter((request) => /page/.test(request)).length]).toEqual([20, 4]);
});

test('an empty list after a full one is believed only if the viewers are gone', async () => {
	const { page, node } = await watching(250);
	const { viewers } = page.objects;
	let hidden = true;
	const { page: readPage } = page.reader;
	page.reader.page = async (...call) => (hidden ? (await readPage(...call), []) : await readPage(...call));
	await expect(node.poll()).rejects.toThrow('Many viewers are missing from the list of viewers, but still exist');
	hidden = false;
	expect(await node.poll()).toEqual([]);
	page.objects.viewers = [];
	expect(await node.poll()).toHaveLength(viewers.length);
});

test('an empty list of few viewers is confirmed one by one', async () => {
	const { page, node } = await watching(5);
	const { page: readPage } = page.reader;
	page.reader.page = async (...call) => (await readPage(...call), []);
	expect(await node.poll()).toEqual([]);
});

test.each(['viewers page 1', 'place of viewers'])(
	'a missing page is an error and never a removal (%s)',
	async (request) => {
		const { page, node, ids } = await watching(3);
		page.remove('viewers', ids[0]);
		page.before = (next) => {
			if (next === request) page.isMissing = true;
		};
		await expect(node.poll()).rejects.toThrow('404');
		await expect(node.poll()).rejects.toThrow('404');
		page.before = () => {};
		page.isMissing = false;
		expect(brief(await node.poll())).toEqual([`viewerRemoved ${ids[0]}`]);
	},
);

test('a poll that dies on page 37 changes nothing, and the next one goes on from there', async () => {
	const { page, node, ids } = await watching(5900);
	const before = JSON.stringify(node.state);
	page.remove('viewers', ids[20]);
	page.change('viewers', ids[3000]);
	const added = page.add('viewers');
	let dies = true;
	page.before = (request) => {
		if (request === 'viewers page 37' && dies) throw new Error('died');
	};
	await expect(node.poll()).rejects.toThrow('died');
	expect(JSON.stringify(node.state)).toBe(before);
	dies = false;
	page.requests = [];
	expect(brief(await node.poll())).toEqual([
		`viewerChanged ${ids[3000]}`,
		`viewerAdded ${added}`,
		`viewerRemoved ${ids[20]}`,
	]);
	expect(page.requests[0]).toBe('viewers page 37');
	expect(await node.poll()).toEqual([]);
});

test('a pass over a large page spans polls, and has its events at the end', async () => {
	const { page, node, ids } = await watching(5900);
	page.change('viewers', ids[0]);
	expect(await node.poll(30)).toEqual([]);
	expect(page.requests).toHaveLength(30);
	page.change('viewers', ids[5800]);
	expect(brief(await node.poll(30))).toEqual([`viewerChanged ${ids[0]}`, `viewerChanged ${ids[5800]}`]);
});

test('a pass starts again if another process went on meanwhile', async () => {
	const { page, node } = await watching(150);
	const other = new WatchingNode(page, node.kinds);
	other.state = node.state;
	expect(await node.poll(1)).toEqual([]);
	// It is on a page that the first process has read.
	const added = page.add('viewers', true);
	expect(brief(await other.poll())).toEqual([`viewerAdded ${added}`]);
	node.state = other.state;
	expect(await node.poll()).toEqual([]);
});

test('a short list takes the room of one request', async () => {
	const { page, node, ids } = await watching(12);
	page.change('viewers', ids[0]);
	expect(brief(await node.poll(1))).toEqual([`viewerChanged ${ids[0]}`]);
	expect(node.watch.requestsOf).toEqual({ viewers: 1 });
});

test('a restart in the middle of a pass starts the pass again', async () => {
	const { page, node, ids } = await watching(5900);
	page.change('viewers', ids[0]);
	await node.poll(30);
	node.restart();
	page.requests = [];
	expect(brief(await node.poll())).toEqual([`viewerChanged ${ids[0]}`]);
	expect(page.requests[0]).toBe('viewers page 1');
});

test('a service that ignores the page number is noticed', async () => {
	const { page, node } = await watching(100);
	page.add('viewers');
	page.ignoresPage = true;
	await expect(node.poll()).rejects.toThrow('The list does not end');
});

test('a service that cuts pages is read in its size', async () => {
	const page = new WatchedPage();
	page.pageSize = 25;
	const ids = Array.from({ length: 60 }, () => page.add('viewers'));
	const node = new WatchingNode(page, ['viewerAdded', 'viewerRemoved']);
	await node.poll(Infinity, true);
	page.remove('viewers', ids[55]);
	expect(brief(await node.poll())).toEqual([`viewerRemoved ${ids[55]}`]);
});

test('team members that are missing are listed again', async () => {
	const page = new WatchedPage();
	const [a, b] = [page.add('teamMembers'), page.add('teamMembers')];
	const node = new WatchingNode(page, ['teamMemberAdded', 'teamMemberRemoved']);
	await node.poll(Infinity, true);
	page.requests = [];
	page.remove('teamMembers', a);
	expect(brief(await node.poll())).toEqual([`teamMemberRemoved ${a}`]);
	expect(page.requests).toEqual(['teamMembers page 1', 'teamMembers page 1', 'place of teamMembers']);
	const { page: readPage } = page.reader;
	let isFirst = true;
	page.reader.page = async (...call) => {
		const rows = await readPage(...call);
		const answer = isFirst ? [] : rows;
		isFirst = false;
		return answer;
	};
	expect([await node.poll(), page.objects.teamMembers[0].id]).toEqual([[], b]);
});

test('permissions of a member who is missing from the list are read by themselves', async () => {
	const page = new WatchedPage();
	const [a, b] = [page.add('teamMembers'), page.add('teamMembers')];
	const node = new WatchingNode(page, ['permissionChanged']);
	await node.poll(Infinity, true);
	const { page: readPage } = page.reader;
	page.reader.page = async (...call) => (await readPage(...call)).filter(({ id }) => id !== a);
	page.change('teamMembers', a);
	expect(brief(await node.poll())).toEqual([`permissionChanged ${a}`]);
	page.reader.page = readPage;
	expect(await node.poll()).toEqual([]);
	page.remove('teamMembers', b);
	expect(await node.poll()).toEqual([]);
});

test('a missing organization is an error, and not the end of all permissions', async () => {
	const page = new WatchedPage();
	const [member] = [page.add('teamMembers')];
	const node = new WatchingNode(page, ['permissionChanged']);
	await node.poll(Infinity, true);
	const before = JSON.stringify(node.state);
	const { permissions } = page.reader;
	page.reader.permissions = async () => undefined;
	page.before = (request) => {
		if (request === 'place of permissions') throw new Error('no organization');
	};
	await expect(node.poll()).rejects.toThrow('no organization');
	expect(JSON.stringify(node.state)).toBe(before);
	page.reader.permissions = permissions;
	page.before = () => {};
	page.remove('teamMembers', member);
	await node.poll();
	expect(node.state.sources.permissions?.rows).toBe('');
});

test('one source that fails does not stop the others, and its failure is shown', async () => {
	const { page, node, ids } = await watching(3, ['viewerChanged', 'teamMemberAdded']);
	page.before = (request) => {
		if (/team/.test(request)) throw new Error('no team');
	};
	for (let round = 0; round < 3; round++) {
		page.change('viewers', ids[0]);
		// The events come first. The poll after them fails.
		expect(brief(await node.poll())).toEqual([`viewerChanged ${ids[0]}`]);
		await expect(node.poll()).rejects.toThrow('no team');
	}
	expect(node.failures).toEqual(['no team', 'no team', 'no team']);
	page.before = () => {};
	expect(await node.poll()).toEqual([]);
	const added = page.add('teamMembers');
	expect(brief(await node.poll())).toEqual([`teamMemberAdded ${added}`]);
});

test('an event that is chosen later has no past, and the others lose nothing', async () => {
	const { page, node, ids } = await watching(3, ['viewerRemoved']);
	const added = page.add('viewers');
	page.remove('viewers', ids[0]);
	node.kinds = ['viewerAdded', 'viewerRemoved'];
	expect(brief(await node.poll())).toEqual([`viewerRemoved ${ids[0]}`]);
	page.remove('viewers', added);
	const later = page.add('viewers');
	expect(brief(await node.poll())).toEqual([`viewerAdded ${later}`, `viewerRemoved ${added}`]);
});

test('another page has another baseline', async () => {
	const { page, node, ids } = await watching(3);
	node.about = () => 'there';
	page.remove('viewers', ids[0]);
	expect(await node.poll()).toEqual([]);
	page.remove('viewers', ids[1]);
	expect(brief(await node.poll())).toEqual([`viewerRemoved ${ids[1]}`]);
});

test('changes without an event are found again after a restart, and never reported', async () => {
	const { page, node, ids } = await watching(4, ['viewerRemoved']);
	const added = page.add('viewers');
	page.change('viewers', ids[2]);
	expect(await node.poll()).toEqual([]);
	// Without a restart, the removal of a viewer whose addition was not chosen is reported.
	page.remove('viewers', added);
	expect(brief(await node.poll())).toEqual([`viewerRemoved ${added}`]);
	const unsaved = page.add('viewers');
	await node.poll();
	node.restart();
	// n8n never saved this viewer, so its removal can't be known.
	page.remove('viewers', unsaved);
	expect(await node.poll()).toEqual([]);
	page.remove('viewers', ids[2]);
	expect(brief(await node.poll())).toEqual([`viewerRemoved ${ids[2]}`]);
	node.restart();
	expect(await node.poll()).toEqual([]);
});

test('an unsaved removal is not reported as a new viewer after a restart', async () => {
	const { page, node, ids } = await watching(4, ['viewerAdded']);
	page.remove('viewers', ids[0]);
	expect(await node.poll()).toEqual([]);
	node.restart();
	expect(await node.poll()).toEqual([]);
	const added = page.add('viewers', true);
	expect(brief(await node.poll())).toEqual([`viewerAdded ${added}`]);
});
