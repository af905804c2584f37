@NullMarked
package im.magpie.service.room;

import org.jspecify.annotations.NullMarked;
