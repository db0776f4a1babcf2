State     Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
TIME-WAIT 0      0           10.0.0.1:65432     10.0.0.2:33840
