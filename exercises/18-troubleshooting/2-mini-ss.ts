/**
 * What `ss -tan` knows: the kernel's table of TCP sockets, as `/proc/net/tcp` and `/proc/net/tcp6`
 * print it (proc(5)).
 *
 * A heading, and then a row for each socket:
 *
 *     sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
 *      0: 0100007F:FF98 0200007F:A7C6 08 00000000:00000012 00:00000000 00000000  1000        0 73191 1
 *
 * | field | here | what it is |
 * | --- | --- | --- |
 * | address | 0100007F | what a little-endian machine takes the four bytes of 127.0.0.1 for, hexadecimal |
 * | port | FF98 | 65432, hexadecimal |
 * | st | 08 | the state, CLOSE-WAIT, hexadecimal |
 * | tx_queue | 00000000 | bytes sent and not acknowledged yet, hexadecimal |
 * | rx_queue | 00000012 | bytes received and not read yet, 18, hexadecimal |
 * | retrnsmt | 00000000 | how often what is on its way was sent again, hexadecimal |
 * | uid | 1000 | whose socket it is, decimal |
 * | inode | 73191 | by which `/proc/PID/fd` knows it, decimal; 0 when no program holds it |
 *
 * An address of IPv6 is four such numbers, one behind the other.
 *
 * The numbers of the states, 1 to 11 (include/net/tcp_states.h): ESTABLISHED, SYN-SENT,
 * SYN-RECEIVED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED, CLOSE-WAIT, LAST-ACK, LISTEN, CLOSING.
 *
 * @module
 */

/** One end of a connection. */
export interface End {
  /** `"127.0.0.1"`, `"::1"`, `"::ffff:127.0.0.1"`; any spelling that `isIP()` of node:net takes */
  address: string;
  /** 0 for the far end of a socket that is not connected */
  port: number;
}

/** One TCP socket, as the kernel sees it. */
export interface TcpSocket {
  /** this machine's end */
  local: End;
  /** the other end */
  remote: End;
  /** as RFC 9293 writes it, section 3.3.2: `"CLOSE-WAIT"` */
  state: string;
  /** bytes sent that the other side has not acknowledged */
  sendQueue: number;
  /** bytes received that the program has not read; of a listening socket, who waits for accept() */
  receiveQueue: number;
  /** how often the oldest of them was sent again */
  retransmits: number;
  /** the user whose socket it is */
  uid: number;
  /** the socket's number in the kernel; 0 when no program holds it */
  inode: number;
}

/**
 * Reads the kernel's table.
 *
 * @param text All of `/proc/net/tcp`, or all of `/proc/net/tcp6`, heading included, of a
 * little-endian machine
 * @returns Every socket of the table, in its order
 */
export function parseTcpTable(text: string): TcpSocket[] {
  // TODO: Take each row apart
  throw new Error("Not written yet");
}
