// Stands in for @vscode/spdlog in the VS Code server that codeServer.mts installs, where nothing is compiled: every
// output channel is a log file that this package writes. The parts of its interface that VS Code calls.
const { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } = require('node:fs');
const { dirname, extname } = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
const level = { trace: 0, debug: 1, info: 2, warn: 3, error: 4, critical: 5 };
let defaultLevel = level.info;

/** A log file that is renamed away when it is full. Writes at once: there is nothing to flush. */
class Logger {
  #file;
  #maxBytes;
  #maxFiles;
  #level = defaultLevel;
  #bare = false;
  #fd;
  #bytes;

  constructor(_type, _name, file, maxBytes, maxFiles) {
    this.#file = file;
    this.#maxBytes = maxBytes;
    this.#maxFiles = maxFiles;
    mkdirSync(dirname(file), { recursive: true });
    this.#open();
  }

  #open() {
    this.#fd = openSync(this.#file, 'a');
    this.#bytes = statSync(this.#file).size;
  }

  #rotate() {
    closeSync(this.#fd);
    const extension = extname(this.#file);
    const numbered = (n) =>
      n === 0 ? this.#file : `${this.#file.slice(0, -extension.length || undefined)}.${n}${extension}`;
    for (let n = this.#maxFiles - 1; n >= 0; n--) {
      try {
        renameSync(numbered(n), numbered(n + 1));
      } catch (error) {
        if (error.code !== 'ENOENT') throw error;
      }
    }
    this.#open();
  }

  #write(severity, message) {
    if (severity < this.#level || this.#fd === undefined) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    const text = this.#bare ? message : `${time} [${names[severity]}] ${message}\n`;
    if (this.#bytes > 0 && this.#bytes + text.length > this.#maxBytes) this.#rotate();
    this.#bytes += writeSync(this.#fd, text);
  }

  trace(message) {
    this.#write(level.trace, message);
  }
  debug(message) {
    this.#write(level.debug, message);
  }
  info(message) {
    this.#write(level.info, message);
  }
  warn(message) {
    this.#write(level.warn, message);
  }
  error(message) {
    this.#write(level.error, message);
  }
  critical(message) {
    this.#write(level.critical, message);
  }
  getLevel() {
    return this.#level;
  }
  setLevel(value) {
    this.#level = value;
  }
  /** VS Code sets one pattern only, the one that `#write` prints. */
  setPattern() {
    this.#bare = false;
  }
  /** The caller formats, and ends its lines itself. */
  clearFormatters() {
    this.#bare = true;
  }
  flush() {}
  drop() {
    if (this.#fd === undefined) return;
    closeSync(this.#fd);
    this.#fd = undefined;
  }
}

const create = async (_name, file, maxBytes, maxFiles) => new Logger('rotating', _name, file, maxBytes, maxFiles);

// Named one by one: that is how Node finds the names when an ES module imports this file.
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
exports.setFlushOn = () => {};
exports.setLevel = (value) => {
  defaultLevel = value;
};
