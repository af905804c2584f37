@NullMarked
package im.magpie.tcp.session;

import org.jspecify.annotations.NullMarked;
