@NullMarked
package im.magpie.common.nacos;

import org.jspecify.annotations.NullMarked;
