@NullMarked
package im.magpie.service.erasure;

import org.jspecify.annotations.NullMarked;
