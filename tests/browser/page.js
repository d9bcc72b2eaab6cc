// SPDX-License-Identifier: GPL-2.0-or-later
// A phone that does one thing after the other, and tells the test what it did.
// Signalling only: what it says of media is fixed.
import { Inviter, Messager, Registerer, SessionState, UserAgent } from "/lib/index.js";

const sdp = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0",
	"m=audio 40000 RTP/AVP 0", ""].join("\r\n");
const bob = UserAgent.makeURI("sip:bob@home.arpa");
const waiting = {};

async function did(step) {
	const line = document.createElement("li");
	line.textContent = step;
	document.getElementById("steps").append(line);
	await fetch("/did", { method: "POST", body: step });
}

// What comes from the other side is waited for by name.
function comes(name) {
	return new Promise(resolve => { waiting[name] = resolve; });
}

function reaches(session, state) {
	return new Promise(resolve => session.stateChange.addListener(now => {
		if (now === state)
			resolve();
	}));
}

const media = () => ({
	close() {},
	getDescription: async () => ({ body: sdp, contentType: "application/sdp" }),
	hasDescription: () => true,
	rollbackDescription: async () => {},
	sendDtmf: () => false,
	setDescription: async () => {},
});

const agent = new UserAgent({
	uri: UserAgent.makeURI("sip:alice@home.arpa"),
	authorizationUsername: "alice",
	authorizationPassword: location.hash.slice(1),
	transportOptions: { server: "wss://home.arpa:7443/sip" },
	sessionDescriptionHandlerFactory: media,
	delegate: {
		onInvite: invitation => waiting.call(invitation),
		onMessage: message => waiting.message(message),
	},
});

async function register() {
	const registerer = new Registerer(agent);
	await new Promise((resolve, reject) => registerer.register({ requestDelegate: {
		onAccept: resolve, onReject: answer => reject(answer.message.statusCode) } }));
	await did("registered");
}

async function call() {
	const session = new Inviter(agent, bob);
	const up = reaches(session, SessionState.Established);
	await session.invite();
	await up;
	await did("called");
	await new Promise(resolve => session.bye({ requestDelegate: { onAccept: resolve } }));
	await did("hung up");
}

async function called(invitation) {
	const over = reaches(invitation, SessionState.Terminated);
	await invitation.accept();
	await over;
	await did("was called");
}

async function says() {
	await new Promise((resolve, reject) => new Messager(agent, bob, "hello bob").message({
		requestDelegate: { onAccept: resolve,
			onReject: answer => reject(answer.message.statusCode) } }));
	await did("said hello");
}

async function hears(message) {
	await message.accept();
	await did(`heard ${message.request.body}`);
}

try {
	const invitation = comes("call"), message = comes("message");
	await agent.start();
	await register();
	await call();
	await says();
	await called(await invitation);
	await hears(await message);
} catch (error) {
	await did(`failed: ${error}`);
}
