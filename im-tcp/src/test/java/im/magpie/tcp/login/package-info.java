@NullMarked
package im.magpie.tcp.login;

import org.jspecify.annotations.NullMarked;
