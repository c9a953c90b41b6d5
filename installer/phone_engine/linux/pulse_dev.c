/* Sound devices of PulseAudio and PipeWire for PJSIP: listed live, opened by name, clocked by this computer.
 *
 * Why not through ALSA's plugin: docs/decisions/0007-sound-server.md. libpulse is loaded only where a sound server is
 * there. One thread of libpulse does everything; what is shared with others is guarded by its lock.
 *
 * Part of Agent Desktop, GPL-3.0-or-later.
 */
#include <pjmedia-audiodev/audiodev_imp.h>
#include <pj/assert.h>
#include <pj/errno.h>
#include <pj/math.h>
#include <pj/os.h>
#include <pj/pool.h>
#include <pj/string.h>
#include <arpa/inet.h>
#include <dlfcn.h>
#include <pthread.h>
#include <pulse/pulseaudio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_DEVICES    (PJMEDIA_AUD_DEV_MAX_DEVS / 2)
#define NAME_LENGTH    PJMEDIA_AUD_DEV_INFO_NAME_LEN
#define PATIENCE_MS    1500
#define AGAIN_MS       2000  /* between attempts to reach a server that has gone */
#define TARGET_FRAMES  2     /* kept in stock in each direction against a late server */
#define MOST_FRAMES    5
#define WATCHED_TICKS  100   /* what was never needed for so long is too much */
#define STARVING_TICKS 10    /* that this lasts and is no hiccup: the echo canceller wants the delay to stay as it is */
#define LATE_FRAMES    10    /* after a longer pause (sleep, debugger) time starts anew */
#define QUIET          300   /* a frame that peaks below this may be left out or said twice unheard */

#define FUNCTIONS(X) \
    X(context_connect) X(context_disconnect) X(context_get_server_info) \
    X(context_get_sink_info_list) X(context_get_source_info_list) X(context_get_state) X(context_new_with_proplist) \
    X(context_rttime_new) X(context_rttime_restart) X(context_set_state_callback) X(context_set_subscribe_callback) \
    X(context_subscribe) X(context_unref) X(gettimeofday) X(operation_unref) X(proplist_free) X(proplist_new) \
    X(proplist_sets) X(rtclock_now) X(stream_connect_playback) X(stream_connect_record) X(stream_disconnect) \
    X(stream_drop) X(stream_get_buffer_attr) X(stream_get_state) X(stream_new_with_proplist) X(stream_peek) \
    X(stream_set_read_callback) X(stream_set_state_callback) X(stream_unref) X(stream_writable_size) X(stream_write) \
    X(threaded_mainloop_free) X(threaded_mainloop_get_api) X(threaded_mainloop_lock) X(threaded_mainloop_new) \
    X(threaded_mainloop_start) X(threaded_mainloop_stop) X(threaded_mainloop_unlock) X(timeval_add)

static struct {
#define X(name) __typeof__(pa_##name) *name;
    FUNCTIONS(X)
#undef X
} pulse;

struct device {
    uint32_t serial; /* the server gives another one when it is plugged in again */
    pj_bool_t is_output;
    char name[NAME_LENGTH];
    char label[NAME_LENGTH];
};

struct devices {
    unsigned count;
    struct device all[MAX_DEVICES];
};

struct factory {
    pjmedia_aud_dev_factory base;
    pj_pool_factory *pools;
    pj_pool_t *pool;
    void *library;
    pa_threaded_mainloop *loop;
    pa_context *context;
    pa_time_event *again;
    pj_bool_t is_up, is_listing, is_outdated, is_listed;
    char default_output[NAME_LENGTH], default_input[NAME_LENGTH];
    struct devices listing, found, offered; /* `offered` is what PJSIP's numbers count in, until it refreshes */
    unsigned changes;
    int bell;
    pj_thread_desc thread_desc;
    pj_thread_t *thread;
};

/* How many frames lie between us and a device. */
struct stock {
    unsigned least, ticks, starved;
    pj_bool_t is_spare; /* one too many all the time: the next quiet one goes */
};

struct stream {
    pjmedia_aud_stream base;
    struct factory *factory;
    pj_pool_t *pool;
    pjmedia_aud_param param;
    pjmedia_aud_rec_cb rec_cb;
    pjmedia_aud_play_cb play_cb;
    void *user_data;
    pa_stream *playing, *recording;
    pa_time_event *tick;
    pa_usec_t due, frame_usec;
    size_t frame_bytes;
    pj_int16_t *frame;
    char *recorded; /* and not taken yet */
    size_t recorded_bytes;
    pj_bool_t may_take;
    struct stock ahead, behind;
    pj_uint64_t samples;
};

static struct factory *the_factory;

/* ---- the list of devices ---------------------------------------------------------------------------------------- */

static void ring(struct factory *f)
{
    ++f->changes;
    if (f->bell >= 0 && send(f->bell, "\r\n\r\n", 4, MSG_NOSIGNAL) < 0) {
        /* The phone looks at the counter whenever it wakes. */
    }
}

static void let_go(pa_operation *operation)
{
    if (operation)
        pulse.operation_unref(operation);
}

static void keep(struct devices *list, uint32_t serial, const char *name, const char *label, pj_bool_t is_output,
                 const char *preferred)
{
    struct device *device;
    if (list->count == MAX_DEVICES || strlen(name) >= NAME_LENGTH)
        return;
    device = &list->all[list->count++];
    if (strcmp(name, preferred) == 0) { /* PJSIP's default is the first one */
        memmove(&list->all[1], &list->all[0], (char*)device - (char*)list->all);
        device = &list->all[0];
    }
    pj_bzero(device, sizeof(*device));
    device->serial = serial;
    device->is_output = is_output;
    pj_ansi_strxcpy(device->name, name, NAME_LENGTH);
    pj_ansi_strxcpy(device->label, label ? label : name, NAME_LENGTH);
}

static void list_devices(struct factory *f);

static void on_source(pa_context *context, const pa_source_info *info, int end, void *data)
{
    struct factory *f = data;
    if (context != f->context)
        return;
    if (!end) {
        if (info->monitor_of_sink == PA_INVALID_INDEX)
            keep(&f->listing, info->index, info->name, info->description, PJ_FALSE, f->default_input);
        return;
    }
    f->is_listing = PJ_FALSE;
    if (f->is_outdated) {
        list_devices(f);
        return;
    }
    f->is_listed = PJ_TRUE;
    if (memcmp(&f->listing, &f->found, sizeof(f->found)) != 0) {
        f->found = f->listing;
        ring(f);
    }
}

static void on_sink(pa_context *context, const pa_sink_info *info, int end, void *data)
{
    struct factory *f = data;
    if (context != f->context)
        return;
    if (end)
        let_go(pulse.context_get_source_info_list(context, on_source, f));
    else if (strcmp(info->name, "auto_null") != 0) /* what servers show when there is nothing */
        keep(&f->listing, info->index, info->name, info->description, PJ_TRUE, f->default_output);
}

static void on_server(pa_context *context, const pa_server_info *info, void *data)
{
    struct factory *f = data;
    if (context != f->context)
        return;
    pj_ansi_strxcpy(f->default_output, info && info->default_sink_name ? info->default_sink_name : "", NAME_LENGTH);
    pj_ansi_strxcpy(f->default_input, info && info->default_source_name ? info->default_source_name : "", NAME_LENGTH);
    let_go(pulse.context_get_sink_info_list(context, on_sink, f));
}

static void list_devices(struct factory *f)
{
    f->is_outdated = f->is_listing;
    if (f->is_listing)
        return;
    f->is_listing = PJ_TRUE;
    pj_bzero(&f->listing, sizeof(f->listing));
    let_go(pulse.context_get_server_info(f->context, on_server, f));
}

static void on_change(pa_context *context, pa_subscription_event_type_t what, uint32_t index, void *data)
{
    pj_bool_t is_server = (what & PA_SUBSCRIPTION_EVENT_FACILITY_MASK) == PA_SUBSCRIPTION_EVENT_SERVER;
    PJ_UNUSED_ARG(context);
    PJ_UNUSED_ARG(index);
    /* A device that changes has only got another volume or state. */
    if (is_server || (what & PA_SUBSCRIPTION_EVENT_TYPE_MASK) != PA_SUBSCRIPTION_EVENT_CHANGE)
        list_devices(data);
}

static void meet(struct factory *f);

static void on_again(pa_mainloop_api *api, pa_time_event *event, const struct timeval *at, void *data)
{
    struct factory *f = data;
    PJ_UNUSED_ARG(at);
    api->time_free(event);
    f->again = NULL;
    pulse.context_set_state_callback(f->context, NULL, NULL);
    pulse.context_unref(f->context);
    meet(f);
}

static void on_context(pa_context *context, void *data)
{
    struct factory *f = data;
    pa_mainloop_api *api = pulse.threaded_mainloop_get_api(f->loop);
    struct timeval at;

    switch (pulse.context_get_state(context)) {
    case PA_CONTEXT_READY:
        f->is_up = PJ_TRUE;
        pulse.context_set_subscribe_callback(context, on_change, f);
        let_go(pulse.context_subscribe(context, PA_SUBSCRIPTION_MASK_SINK | PA_SUBSCRIPTION_MASK_SOURCE |
                                                PA_SUBSCRIPTION_MASK_SERVER, NULL, NULL));
        f->is_listing = PJ_FALSE;
        list_devices(f);
        break;
    case PA_CONTEXT_FAILED:
    case PA_CONTEXT_TERMINATED:
        f->is_listed = PJ_TRUE; /* there is nothing more to wait for */
        if (f->is_up) {
            f->is_up = PJ_FALSE;
            pj_bzero(&f->found, sizeof(f->found));
            ring(f);
        }
        if (!f->again) {
            pulse.timeval_add(pulse.gettimeofday(&at), AGAIN_MS * PA_USEC_PER_MSEC);
            f->again = api->time_new(api, &at, on_again, f);
        }
        break;
    default:
        break;
    }
}

static void meet(struct factory *f)
{
    pa_proplist *about = pulse.proplist_new();
    pulse.proplist_sets(about, PA_PROP_APPLICATION_NAME, "Agent Desktop");
    pulse.proplist_sets(about, PA_PROP_APPLICATION_ICON_NAME, "agent-desktop");
    f->context = pulse.context_new_with_proplist(pulse.threaded_mainloop_get_api(f->loop), NULL, about);
    pulse.proplist_free(about);
    pulse.context_set_state_callback(f->context, on_context, f);
    if (pulse.context_connect(f->context, NULL, PA_CONTEXT_NOAUTOSPAWN, NULL) < 0)
        on_context(f->context, f);
}

static pj_bool_t may_be_there(void)
{
    const char *folder = getenv("PULSE_RUNTIME_PATH"), *home = getenv("XDG_RUNTIME_DIR");
    char path[512];
    if (getenv("PULSE_SERVER"))
        return PJ_TRUE;
    if (folder)
        snprintf(path, sizeof(path), "%s/native", folder);
    else if (home)
        snprintf(path, sizeof(path), "%s/pulse/native", home);
    else
        return PJ_FALSE;
    return access(path, F_OK) == 0;
}

static void begin(struct factory *f)
{
    unsigned waited;
    if (!may_be_there())
        return;
    f->library = dlopen("libpulse.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!f->library)
        return;
#define X(name) if (!(pulse.name = (__typeof__(pa_##name)*)dlsym(f->library, "pa_" #name))) return;
    FUNCTIONS(X)
#undef X
    f->loop = pulse.threaded_mainloop_new();
    meet(f);
    pulse.threaded_mainloop_start(f->loop);
    for (waited = 0; !f->is_listed && waited < PATIENCE_MS; waited += 2)
        pj_thread_sleep(2);
}

/* ---- PJSIP asks for devices ------------------------------------------------------------------------------------- */

static pj_status_t factory_refresh(pjmedia_aud_dev_factory *base)
{
    struct factory *f = (struct factory*)base;
    if (!f->loop)
        begin(f);
    if (!f->loop)
        return PJ_SUCCESS;
    pulse.threaded_mainloop_lock(f->loop);
    f->offered = f->found;
    pulse.threaded_mainloop_unlock(f->loop);
    return PJ_SUCCESS;
}

static pj_status_t factory_init(pjmedia_aud_dev_factory *base)
{
    the_factory = (struct factory*)base;
    return factory_refresh(base);
}

static pj_status_t factory_destroy(pjmedia_aud_dev_factory *base)
{
    struct factory *f = (struct factory*)base;
    the_factory = NULL;
    if (f->loop) {
        pulse.threaded_mainloop_stop(f->loop);
        pulse.context_set_state_callback(f->context, NULL, NULL);
        pulse.context_disconnect(f->context);
        pulse.context_unref(f->context);
        if (f->again)
            pulse.threaded_mainloop_get_api(f->loop)->time_free(f->again);
        pulse.threaded_mainloop_free(f->loop);
    }
    if (f->bell >= 0)
        close(f->bell);
    pj_pool_safe_release(&f->pool);
    return PJ_SUCCESS;
}

static unsigned factory_get_dev_count(pjmedia_aud_dev_factory *base)
{
    return ((struct factory*)base)->offered.count;
}

static pj_status_t factory_get_dev_info(pjmedia_aud_dev_factory *base, unsigned index, pjmedia_aud_dev_info *info)
{
    struct factory *f = (struct factory*)base;
    const struct device *device = &f->offered.all[index];
    PJ_ASSERT_RETURN(index < f->offered.count, PJMEDIA_EAUD_INVDEV);
    pj_bzero(info, sizeof(*info));
    pj_ansi_strxcpy(info->name, device->name, sizeof(info->name));
    pj_ansi_strxcpy(info->driver, "PulseAudio", sizeof(info->driver));
    info->input_count = !device->is_output;
    info->output_count = device->is_output;
    info->default_samples_per_sec = 16000;
    return PJ_SUCCESS;
}

static pj_status_t factory_default_param(pjmedia_aud_dev_factory *base, unsigned index, pjmedia_aud_param *param)
{
    struct factory *f = (struct factory*)base;
    PJ_ASSERT_RETURN(index < f->offered.count, PJMEDIA_EAUD_INVDEV);
    pj_bzero(param, sizeof(*param));
    param->dir = f->offered.all[index].is_output ? PJMEDIA_DIR_PLAYBACK : PJMEDIA_DIR_CAPTURE;
    param->rec_id = param->dir == PJMEDIA_DIR_CAPTURE ? (pjmedia_aud_dev_index)index : PJMEDIA_AUD_INVALID_DEV;
    param->play_id = param->dir == PJMEDIA_DIR_PLAYBACK ? (pjmedia_aud_dev_index)index : PJMEDIA_AUD_INVALID_DEV;
    param->clock_rate = 16000;
    param->channel_count = 1;
    param->samples_per_frame = 320;
    param->bits_per_sample = 16;
    return PJ_SUCCESS;
}

/* ---- a stream: every frame's time one frame is played and one recorded, whatever becomes of the devices ----------- */

static pj_bool_t is_quiet(const char *frame, size_t bytes)
{
    const pj_int16_t *sample = (const pj_int16_t*)frame, *end = (const pj_int16_t*)(frame + bytes);
    for (; sample < end; ++sample)
        if (*sample > QUIET || *sample < -QUIET)
            return PJ_FALSE;
    return PJ_TRUE;
}

static pj_bool_t is_ready(pa_stream *stream)
{
    return stream && pulse.stream_get_state(stream) == PA_STREAM_READY;
}

static void watch(struct stock *stock, unsigned frames)
{
    stock->starved = frames ? 0 : stock->starved + 1;
    stock->least = PJ_MIN(stock->least, frames);
    if (++stock->ticks < WATCHED_TICKS)
        return;
    stock->is_spare = stock->least >= TARGET_FRAMES;
    stock->ticks = 0;
    stock->least = MOST_FRAMES;
}

static pj_bool_t may_skip(struct stock *stock, const char *frame, size_t bytes)
{
    if (!stock->is_spare || !is_quiet(frame, bytes))
        return PJ_FALSE;
    stock->is_spare = PJ_FALSE;
    return PJ_TRUE;
}

/* What comes too late after a hiccup is written all the same: the server leaves it out, and time stays time. */
static void play(struct stream *s)
{
    const char silence[4096] = {0};
    size_t room, bytes = s->frame_bytes;
    const pa_buffer_attr *buffer;
    if (!is_ready(s->playing))
        return;
    room = pulse.stream_writable_size(s->playing);
    buffer = pulse.stream_get_buffer_attr(s->playing);
    if (room == (size_t)-1 || !buffer)
        return;
    watch(&s->ahead, room < buffer->tlength ? (buffer->tlength - room) / bytes : 0);
    if (room < bytes || may_skip(&s->ahead, (char*)s->frame, bytes))
        return; /* our clock is faster than the device's */
    if (s->samples == 0 || s->ahead.starved > STARVING_TICKS) {
        s->ahead.starved = 0;
        for (; room > (MOST_FRAMES - TARGET_FRAMES) * bytes && bytes <= sizeof(silence); room -= bytes)
            pulse.stream_write(s->playing, silence, bytes, NULL, 0, PA_SEEK_RELATIVE);
    }
    pulse.stream_write(s->playing, s->frame, bytes, NULL, 0, PA_SEEK_RELATIVE);
}

static void leave_out(struct stream *s)
{
    s->recorded_bytes -= s->frame_bytes;
    memmove(s->recorded, s->recorded + s->frame_bytes, s->recorded_bytes);
}

static void take(struct stream *s)
{
    size_t bytes = s->frame_bytes;
    pj_bzero(s->frame, bytes);
    s->may_take = s->recorded_bytes >= (s->may_take ? 1 : TARGET_FRAMES) * bytes;
    if (!s->may_take)
        return;
    watch(&s->behind, (unsigned)(s->recorded_bytes / bytes - 1));
    if (s->recorded_bytes > bytes && may_skip(&s->behind, s->recorded, bytes))
        leave_out(s);
    memcpy(s->frame, s->recorded, bytes);
    leave_out(s);
}

static void on_recorded(pa_stream *stream, size_t bytes, void *data)
{
    struct stream *s = data;
    const size_t most = MOST_FRAMES * s->frame_bytes;
    const void *piece;
    while (pulse.stream_peek(stream, &piece, &bytes) == 0 && bytes > 0) {
        const char *from = piece;
        size_t length = bytes;
        if (length > most) {
            from = from ? from + length - most : NULL;
            length = most;
        }
        if (s->recorded_bytes + length > most) { /* the oldest goes */
            size_t gone = s->recorded_bytes + length - most;
            s->recorded_bytes -= gone;
            memmove(s->recorded, s->recorded + gone, s->recorded_bytes);
        }
        if (from)
            memcpy(s->recorded + s->recorded_bytes, from, length);
        else
            pj_bzero(s->recorded + s->recorded_bytes, length); /* a hole */
        s->recorded_bytes += length;
        pulse.stream_drop(stream);
    }
}

static void on_tick(pa_mainloop_api *api, pa_time_event *event, const struct timeval *at, void *data)
{
    struct stream *s = data;
    pjmedia_frame frame;
    pa_usec_t now = pulse.rtclock_now();
    PJ_UNUSED_ARG(api);
    PJ_UNUSED_ARG(at);

    if (!pj_thread_is_registered()) {
        struct sched_param urgent = { .sched_priority = sched_get_priority_min(SCHED_RR) };
        pthread_setschedparam(pthread_self(), SCHED_RR, &urgent); /* where it is allowed */
        pj_thread_register("pulse", s->factory->thread_desc, &s->factory->thread);
    }
    s->due += s->frame_usec;
    if (now > s->due + LATE_FRAMES * s->frame_usec)
        s->due = now + s->frame_usec;
    pulse.context_rttime_restart(s->factory->context, event, s->due);

    pj_bzero(&frame, sizeof(frame));
    frame.type = PJMEDIA_FRAME_TYPE_AUDIO;
    frame.buf = s->frame;
    frame.size = s->frame_bytes;
    frame.timestamp.u64 = s->samples;
    if (s->param.dir & PJMEDIA_DIR_PLAYBACK) {
        if (s->play_cb(s->user_data, &frame) != PJ_SUCCESS || frame.type != PJMEDIA_FRAME_TYPE_AUDIO)
            pj_bzero(s->frame, s->frame_bytes);
        play(s);
    }
    if (s->param.dir & PJMEDIA_DIR_CAPTURE) {
        take(s);
        frame.type = PJMEDIA_FRAME_TYPE_AUDIO;
        frame.size = s->frame_bytes;
        s->rec_cb(s->user_data, &frame);
    }
    s->samples += s->param.samples_per_frame / s->param.channel_count;
}

static void on_stream(pa_stream *stream, void *data)
{
    struct stream *s = data;
    if (pulse.stream_get_state(stream) == PA_STREAM_FAILED)
        ring(s->factory); /* its device has gone, perhaps the list did not change */
}

static pa_stream *new_stream(struct stream *s)
{
    pa_sample_spec spec = { PA_SAMPLE_S16NE, s->param.clock_rate, (uint8_t)s->param.channel_count };
    pa_proplist *about;
    pa_stream *made;
    if (pulse.context_get_state(s->factory->context) != PA_CONTEXT_READY)
        return NULL;
    about = pulse.proplist_new();
    pulse.proplist_sets(about, PA_PROP_MEDIA_ROLE, "phone"); /* music pauses, Bluetooth headsets become telephones */
    made = pulse.stream_new_with_proplist(s->factory->context, "Call", &spec, NULL, about);
    pulse.proplist_free(about);
    if (made)
        pulse.stream_set_state_callback(made, on_stream, s);
    return made;
}

static void free_stream(pa_stream **stream)
{
    if (!*stream)
        return;
    pulse.stream_set_state_callback(*stream, NULL, NULL);
    pulse.stream_set_read_callback(*stream, NULL, NULL);
    pulse.stream_disconnect(*stream);
    pulse.stream_unref(*stream);
    *stream = NULL;
}

static pj_bool_t is_coming(pa_stream *stream)
{
    return stream && pulse.stream_get_state(stream) == PA_STREAM_CREATING;
}

static pj_status_t stream_get_param(pjmedia_aud_stream *base, pjmedia_aud_param *param)
{
    pj_memcpy(param, &((struct stream*)base)->param, sizeof(*param));
    return PJ_SUCCESS;
}

static pj_status_t stream_get_cap(pjmedia_aud_stream *base, pjmedia_aud_dev_cap cap, void *value)
{
    PJ_UNUSED_ARG(base);
    PJ_UNUSED_ARG(cap);
    PJ_UNUSED_ARG(value);
    return PJMEDIA_EAUD_INVCAP;
}

static pj_status_t stream_set_cap(pjmedia_aud_stream *base, pjmedia_aud_dev_cap cap, const void *value)
{
    return stream_get_cap(base, cap, (void*)value);
}

static pj_status_t stream_start(pjmedia_aud_stream *base)
{
    struct stream *s = (struct stream*)base;
    struct factory *f = s->factory;
    pulse.threaded_mainloop_lock(f->loop);
    if (!s->tick) {
        s->due = pulse.rtclock_now() + s->frame_usec;
        s->tick = pulse.context_rttime_new(f->context, s->due, on_tick, s);
    }
    pulse.threaded_mainloop_unlock(f->loop);
    return PJ_SUCCESS;
}

static pj_status_t stream_stop(pjmedia_aud_stream *base)
{
    struct stream *s = (struct stream*)base;
    struct factory *f = s->factory;
    pulse.threaded_mainloop_lock(f->loop);
    if (s->tick) {
        pulse.threaded_mainloop_get_api(f->loop)->time_free(s->tick);
        s->tick = NULL;
    }
    pulse.threaded_mainloop_unlock(f->loop);
    return PJ_SUCCESS;
}

static pj_status_t stream_destroy(pjmedia_aud_stream *base)
{
    struct stream *s = (struct stream*)base;
    stream_stop(base);
    pulse.threaded_mainloop_lock(s->factory->loop);
    free_stream(&s->playing);
    free_stream(&s->recording);
    pulse.threaded_mainloop_unlock(s->factory->loop);
    pj_pool_release(s->pool);
    return PJ_SUCCESS;
}

static pjmedia_aud_stream_op stream_op = {
    stream_get_param, stream_get_cap, stream_set_cap, stream_start, stream_stop, stream_destroy
};

static pj_status_t connect_streams(struct stream *s, const char *output, const char *input)
{
    struct factory *f = s->factory;
    const uint32_t frame = (uint32_t)s->frame_bytes;
    const pa_buffer_attr playing = { (uint32_t)-1, MOST_FRAMES * frame, 0, frame, (uint32_t)-1 };
    const pa_buffer_attr recording = { (uint32_t)-1, (uint32_t)-1, (uint32_t)-1, (uint32_t)-1, frame };
    pj_bool_t is_coming_still = PJ_TRUE, is_there;
    unsigned waited;

    pulse.threaded_mainloop_lock(f->loop);
    if (output && (s->playing = new_stream(s)) != NULL)
        pulse.stream_connect_playback(s->playing, output, &playing, PA_STREAM_ADJUST_LATENCY, NULL, NULL);
    if (input && (s->recording = new_stream(s)) != NULL) {
        pulse.stream_set_read_callback(s->recording, on_recorded, s);
        pulse.stream_connect_record(s->recording, input, &recording, PA_STREAM_ADJUST_LATENCY);
    }
    for (waited = 0; is_coming_still && waited < PATIENCE_MS; ++waited) {
        pulse.threaded_mainloop_unlock(f->loop);
        pj_thread_sleep(1);
        pulse.threaded_mainloop_lock(f->loop);
        is_coming_still = is_coming(s->playing) || is_coming(s->recording);
    }
    is_there = (!output || is_ready(s->playing)) && (!input || is_ready(s->recording));
    pulse.threaded_mainloop_unlock(f->loop);
    return is_there ? PJ_SUCCESS : PJMEDIA_EAUD_NODEV;
}

static const char *name_of(const struct factory *f, pjmedia_aud_dev_index index, pj_bool_t is_output)
{
    if (index < 0 || index >= (int)f->offered.count || f->offered.all[index].is_output != is_output)
        return NULL;
    return f->offered.all[index].name;
}

static pj_status_t factory_create_stream(pjmedia_aud_dev_factory *base, const pjmedia_aud_param *param,
                                         pjmedia_aud_rec_cb rec_cb, pjmedia_aud_play_cb play_cb, void *user_data,
                                         pjmedia_aud_stream **made)
{
    struct factory *f = (struct factory*)base;
    const char *output = param->dir & PJMEDIA_DIR_PLAYBACK ? name_of(f, param->play_id, PJ_TRUE) : NULL;
    const char *input = param->dir & PJMEDIA_DIR_CAPTURE ? name_of(f, param->rec_id, PJ_FALSE) : NULL;
    pj_pool_t *pool;
    struct stream *s;
    pj_status_t status;

    if ((!output && (param->dir & PJMEDIA_DIR_PLAYBACK)) || (!input && (param->dir & PJMEDIA_DIR_CAPTURE)))
        return PJMEDIA_EAUD_INVDEV;
    pool = pj_pool_create(f->pools, "pulse", 4000, 4000, NULL);
    s = PJ_POOL_ZALLOC_T(pool, struct stream);
    s->base.op = &stream_op;
    s->factory = f;
    s->pool = pool;
    pj_memcpy(&s->param, param, sizeof(*param));
    s->rec_cb = rec_cb;
    s->play_cb = play_cb;
    s->user_data = user_data;
    s->ahead.least = s->behind.least = MOST_FRAMES;
    s->frame_bytes = param->samples_per_frame * sizeof(pj_int16_t);
    s->frame_usec = (pa_usec_t)param->samples_per_frame * PA_USEC_PER_SEC / param->channel_count / param->clock_rate;
    s->frame = pj_pool_zalloc(pool, s->frame_bytes);
    s->recorded = pj_pool_zalloc(pool, MOST_FRAMES * s->frame_bytes);
    status = connect_streams(s, output, input);
    if (status != PJ_SUCCESS) {
        stream_destroy(&s->base);
        return status;
    }
    *made = &s->base;
    return PJ_SUCCESS;
}

static pjmedia_aud_dev_factory_op factory_op = {
    factory_init, factory_destroy, factory_get_dev_count, factory_get_dev_info, factory_default_param,
    factory_create_stream, factory_refresh
};

pjmedia_aud_dev_factory *pjmedia_pulse_factory(pj_pool_factory *pools)
{
    pj_pool_t *pool = pj_pool_create(pools, "pulse", 1000, 1000, NULL);
    struct factory *f = PJ_POOL_ZALLOC_T(pool, struct factory);
    f->pools = pools;
    f->pool = pool;
    f->bell = -1;
    f->base.op = &factory_op;
    return &f->base;
}

/* ---- what PJSIP has no words for --------------------------------------------------------------------------------- */

/* Whether a sound server knows the devices: ALSA's own are then not looked at. */
pj_bool_t pulse_is_up(void)
{
    return the_factory && the_factory->is_up;
}

/* A line for each device as last refreshed: "out" or "in", serial, name, label, parted by tabs. */
int pulse_list(char *text, int size)
{
    unsigned at;
    int length = 0;
    text[0] = '\0';
    for (at = 0; the_factory && at < the_factory->offered.count && length < size; ++at) {
        const struct device *device = &the_factory->offered.all[at];
        length += snprintf(text + length, size - length, "%s\t%u\t%s\t%s\n", device->is_output ? "out" : "in",
                           device->serial, device->name, device->label);
    }
    return length < size ? length : size - 1;
}

/* Counts what happened to devices; every time a datagram goes to `port` of this computer, which ends PJSIP's wait. */
unsigned pulse_changes(int port)
{
    struct factory *f = the_factory;
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    unsigned changes;
    if (!f || !f->loop)
        return 0;
    pulse.threaded_mainloop_lock(f->loop);
    if (f->bell < 0) {
        here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        f->bell = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (f->bell >= 0 && connect(f->bell, (struct sockaddr*)&here, sizeof(here)) < 0) {
            close(f->bell);
            f->bell = -1;
        }
    }
    changes = f->changes;
    pulse.threaded_mainloop_unlock(f->loop);
    return changes;
}
