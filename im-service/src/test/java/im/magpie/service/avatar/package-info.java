@NullMarked
package im.magpie.service.avatar;

import org.jspecify.annotations.NullMarked;
