/** Groups, as far as a node is concerned. */
@NullMarked
package im.magpie.tcp.group;

import org.jspecify.annotations.NullMarked;
