@NullMarked
package im.magpie.e2e.fault;

import org.jspecify.annotations.NullMarked;
