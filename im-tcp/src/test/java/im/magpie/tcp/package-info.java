@NullMarked
package im.magpie.tcp;

import org.jspecify.annotations.NullMarked;
