State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess
LISTEN 0      511         10.0.0.1:65432      0.0.0.0:*
