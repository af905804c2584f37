/** How every service of Magpie is made an application of its own or a part of one JVM. */
@NullMarked
package im.magpie.common.application;

import org.jspecify.annotations.NullMarked;
