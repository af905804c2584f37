@NullMarked
package im.magpie.tcp.rpc;

import org.jspecify.annotations.NullMarked;
