/** Where Nacos is, and what services of a cluster ask of it. */
@NullMarked
package im.magpie.common.nacos;

import org.jspecify.annotations.NullMarked;
