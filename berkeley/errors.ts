/**
 * What a call of the operating system fails with: one class for each cause that a program may want
 * to catch, under the names that Python has for them.
 *
 * ```text
 * OSError
 *   BlockingIOError         EAGAIN EWOULDBLOCK EINPROGRESS EALREADY
 *   ConnectionError
 *     BrokenPipeError          EPIPE ESHUTDOWN
 *     ConnectionAbortedError   ECONNABORTED
 *     ConnectionRefusedError   ECONNREFUSED
 *     ConnectionResetError     ECONNRESET
 *   FileExistsError         EEXIST
 *   FileNotFoundError       ENOENT
 *   PermissionError         EACCES EPERM
 *   TimeoutError            ETIMEDOUT, and the end of a settimeout()
 *   gaierror                EAI_NONAME and the other answers of getaddrinfo()
 * ```
 *
 * @module
 */

/** What an {@link OSError} knows besides its message. */
export interface OSErrorDetails {
  /** the number that the system gives the error, 111; another system has another */
  errno?: number;
  /** its name, `"ECONNREFUSED"`, which is the same everywhere */
  code?: string;
  /** the call that failed, `"connect"` */
  syscall: string;
  /** where to, when the call had an address: what was given to it */
  address?: unknown;
}

/** A call of the operating system has failed. errno(3) */
export class OSError extends Error {
  /** "OSError", or the name of the class below it */
  override name = "OSError";
  /**
   * The number that the system gives the error: 111 for ECONNREFUSED on Linux, 61 on macOS. Undefined
   * when the system has said nothing: a time limit of `settimeout()` was over.
   */
  readonly errno: number | undefined;
  /** The name of that number, `"ECONNREFUSED"`: compare this one. */
  readonly code: string | undefined;
  /** The call that failed, `"connect"`. */
  readonly syscall: string;
  /** What the call was to reach, as it was given; undefined when it had no address. */
  readonly address: unknown;

  /**
   * Tells of a failed call.
   *
   * @param message What was attempted, and what came of it
   * @param details The same for programs
   */
  constructor(message: string, details: OSErrorDetails) {
    super(message);
    this.errno = details.errno;
    this.code = details.code;
    this.syscall = details.syscall;
    this.address = details.address;
  }
}

/**
 * A call would have to wait, on a socket that must not: there is nothing to read (EAGAIN), no room to
 * send (EAGAIN), or the connection is on its way (EINPROGRESS). Try again when the socket is ready.
 */
export class BlockingIOError extends OSError {
  override name = "BlockingIOError";
}

/** A connection has failed: one of the four below. */
export class ConnectionError extends OSError {
  override name = "ConnectionError";
}

/** Sent into a direction that is closed: the peer has gone (EPIPE), or we had shut it down. */
export class BrokenPipeError extends ConnectionError {
  override name = "BrokenPipeError";
}

/** The connection was given up before it was accepted (ECONNABORTED). */
export class ConnectionAbortedError extends ConnectionError {
  override name = "ConnectionAbortedError";
}

/** Nobody listens there: the other side answered with RST (ECONNREFUSED). */
export class ConnectionRefusedError extends ConnectionError {
  override name = "ConnectionRefusedError";
}

/** The peer, or its kernel, has reset the connection (ECONNRESET); bytes on their way may be lost. */
export class ConnectionResetError extends ConnectionError {
  override name = "ConnectionResetError";
}

/** There is already such a thing (EEXIST): a descriptor is registered twice. */
export class FileExistsError extends OSError {
  override name = "FileExistsError";
}

/** There is no such thing (ENOENT): a Unix socket's path, a descriptor that is not registered. */
export class FileNotFoundError extends OSError {
  override name = "FileNotFoundError";
}

/** Not allowed (EACCES, EPERM): a port below 1024 is a privilege on many systems. */
export class PermissionError extends OSError {
  override name = "PermissionError";
}

/**
 * Too late. With `code` "ETIMEDOUT" the kernel has given the connection up; without a code it was the
 * time limit of `settimeout()`, and the connection may be well.
 */
export class TimeoutError extends OSError {
  override name = "TimeoutError";
}

/** A name could not be resolved: `code` is "EAI_NONAME" when there is no such host. getaddrinfo(3) */
export class gaierror extends OSError {
  override name = "gaierror";
}
