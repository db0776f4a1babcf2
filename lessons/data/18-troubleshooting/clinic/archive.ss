State      Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
LISTEN     0      511         10.0.0.1:65432      0.0.0.0:*
CLOSE-WAIT 0      0           10.0.0.1:65432     10.0.0.2:41394
CLOSE-WAIT 0      0           10.0.0.1:65432     10.0.0.2:41410
CLOSE-WAIT 0      0           10.0.0.1:65432     10.0.0.2:41386
