@NullMarked
package im.magpie.nacos;

import org.jspecify.annotations.NullMarked;
