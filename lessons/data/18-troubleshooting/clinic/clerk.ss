State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process
LISTEN 2      1           10.0.0.1:65432      0.0.0.0:*
ESTAB  0      0           10.0.0.1:65432     10.0.0.2:33834
ESTAB  0      0           10.0.0.1:65432     10.0.0.2:33824
ESTAB  0      0           10.0.0.1:65432     10.0.0.2:33822
