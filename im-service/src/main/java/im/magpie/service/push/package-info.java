/** Packets on their way to the connected devices, through the queues of the nodes that hold them. Best effort: reconcile repairs. */
@NullMarked
package im.magpie.service.push;

import org.jspecify.annotations.NullMarked;
