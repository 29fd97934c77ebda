/* Dependency order of a network's nodes. */
#ifndef SP_NET_ORDER_H
#define SP_NET_ORDER_H

#include "net/network.h"

/* Fills `order` and `steps`: inputs before what reads them, strongly connected parts together. A connected part that
 * has a negation, an exception or a presumption in it is diagnosed with its cycle. False if memory ran out. */
bool sp_network_order(sp_network *net, sp_diags *diags);

#endif
