#!/usr/bin/env bash
# What tshark reads in the TCP header of every stored segment: headers.tsv, one segment a line.
set -euo pipefail
cd "$(dirname "$0")"
table=$(mktemp)
fields=(frame.number tcp.srcport tcp.dstport tcp.seq_raw tcp.ack_raw tcp.hdr_len tcp.flags
  tcp.window_size_value tcp.checksum tcp.urgent_pointer tcp.option_kind tcp.options.mss_val
  tcp.options.wscale.shift tcp.options.sack_le tcp.options.sack_re tcp.options.timestamp.tsval
  tcp.options.timestamp.tsecr tcp.len)
{
  version=$(tshark --version 2>/dev/null | sed -n 1p | cut -d' ' -f1-3)
  echo "# lessons/data/01-tcp/headers.sh, with $version"
  (IFS=$'\t'; echo "capture"$'\t'"${fields[*]}")
  for capture in *.pcapng; do
    # Edges of SACK blocks are shown as they stand only where numbers are not made relative.
    tshark -r "$capture" -o tcp.relative_sequence_numbers:FALSE -T fields "${fields[@]/#/-e}" \
      2>/dev/null | sed "s/^/${capture%.pcapng}\t/"
  done
} >"$table"
mv "$table" headers.tsv
