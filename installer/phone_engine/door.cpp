// Who may come in: asked of every request before PJSIP makes a transaction or a call of it, because each of those stays
// for half a minute and a stranger can send thousands a second.

#include <pjsip.h>
#include <pjsip_ua.h>
#include <pjsua-lib/pjsua.h>

#include <set>
#include <sstream>
#include <string>

namespace {

const unsigned ANSWERS_A_SECOND = 20;

bool open_to_all = true;
std::set<std::string> let_in;
unsigned turned_away = 0;
std::string last_turned_away;
pj_time_val second = {0, 0};
unsigned answered = 0;

pj_bool_t look_at(pjsip_rx_data *rdata);

pjsip_module door = {
    NULL, NULL, {(char*)"mod-door", 8}, -1, PJSIP_MOD_PRIORITY_TRANSPORT_LAYER + 4,
    NULL, NULL, NULL, NULL, &look_at, NULL, NULL, NULL, NULL,
};

bool is_known(const char *host) { return let_in.count(host) != 0; }

// In one of our calls the other side may speak for itself, past the switch; nobody else knows its tags.
bool is_of_a_call(pjsip_rx_data *rdata)
{
    const pj_str_t &ours = rdata->msg_info.to->tag, &theirs = rdata->msg_info.from->tag;
    return ours.slen && pjsip_ua_find_dialog(&rdata->msg_info.cid->id, &ours, &theirs, PJ_FALSE) != NULL;
}

bool may_be_answered()
{
    pj_time_val now;
    pj_gettickcount(&now);
    if (now.sec != second.sec) {
        second = now;
        answered = 0;
    }
    return answered++ < ANSWERS_A_SECOND;
}

pj_bool_t look_at(pjsip_rx_data *rdata)
{
    if (open_to_all || is_known(rdata->pkt_info.src_name) || is_of_a_call(rdata))
        return PJ_FALSE;
    const pjsip_method &method = rdata->msg_info.msg->line.req.method;
    ++turned_away;
    last_turned_away.assign(method.name.ptr, method.name.slen).append(" from ").append(rdata->pkt_info.src_name);
    if (method.id != PJSIP_ACK_METHOD && may_be_answered())
        pjsip_endpt_respond_stateless(pjsua_get_pjsip_endpt(), rdata, PJSIP_SC_FORBIDDEN, NULL, NULL, NULL);
    if (!(rdata->tp_info.transport->flag & PJSIP_TRANSPORT_DATAGRAM))
        pjsip_transport_shutdown(rdata->tp_info.transport);
    return PJ_TRUE;
}

}  // namespace

// Used by the listener for connections: those it knows are not counted as strangers'.
extern "C" pj_bool_t pjsip_door_knows(const pj_sockaddr_t *address)
{
    char host[PJ_INET6_ADDRSTRLEN];
    return !open_to_all && is_known(pj_sockaddr_print(address, host, sizeof(host), 0));
}

// Hosts with blanks between them; "*" is everybody.
void letIn(const std::string &hosts)
{
    std::istringstream words(hosts);
    std::string host;
    let_in.clear();
    while (words >> host)
        let_in.insert(host);
    open_to_all = let_in.count("*") != 0;
    if (door.id < 0)
        pjsip_endpt_register_module(pjsua_get_pjsip_endpt(), &door);
}

// How many since it was asked last.
unsigned takeTurnedAway()
{
    const unsigned count = turned_away;
    turned_away = 0;
    return count;
}

// The method and the host.
std::string lastTurnedAway() { return last_turned_away; }
