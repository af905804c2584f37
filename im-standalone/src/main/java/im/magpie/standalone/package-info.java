/** All services in one JVM over embedded infrastructure: their production wiring, and the properties that point it there. */
@NullMarked
package im.magpie.standalone;

import org.jspecify.annotations.NullMarked;
