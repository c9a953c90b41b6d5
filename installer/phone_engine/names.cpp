// Names of hosts, looked up beside PJSIP: it would ask the system itself and wait for it, with every call and every
// button, for the half minute that a name service takes to be given up. Whoever works the engine asks `takeWantedNames`
// and tells `nameFound`. What was known outlives a name service that fails.

#include <pjsip.h>
#include <pjsua-lib/pjsua.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace {

const long FRESH_S = 60;

struct Known {
    std::vector<pj_sockaddr> addresses;
    long at;
};

struct Waiting {
    pjsip_host_info target;
    void *token;
    pjsip_resolver_callback *tell;
};

std::map<std::string, Known> known;
std::multimap<std::string, Waiting> waiting;
std::string wanted;

long now()
{
    pj_time_val time;
    pj_gettickcount(&time);
    return time.sec;
}

bool read_address(const std::string &text, pj_sockaddr *address)
{
    const pj_str_t host = {(char*)text.data(), (pj_ssize_t)text.size()};
    const int family = text.find(':') == std::string::npos ? pj_AF_INET() : pj_AF_INET6();
    return pj_sockaddr_init(family, address, NULL, 0) == PJ_SUCCESS &&
           pj_inet_pton(family, &host, pj_sockaddr_get_addr(address)) == PJ_SUCCESS;
}

// RFC 3263 without NAPTR and SRV, as PJSIP does it without a name server of its own.
pjsip_transport_type_e wanted_type(const pjsip_host_info &target)
{
    if (target.type != PJSIP_TRANSPORT_UNSPECIFIED)
        return target.type;
    if (target.flag & PJSIP_TRANSPORT_SECURE)
        return PJSIP_TRANSPORT_TLS;
    return target.flag & PJSIP_TRANSPORT_RELIABLE ? PJSIP_TRANSPORT_TCP : PJSIP_TRANSPORT_UDP;
}

void tell(const Waiting &who, const std::vector<pj_sockaddr> &addresses)
{
    const bool only_v6 = (who.target.type & PJSIP_TRANSPORT_IPV6) != 0;
    const int plain = wanted_type(who.target) & ~PJSIP_TRANSPORT_IPV6;
    pjsip_server_addresses found;
    pj_bzero(&found, sizeof(found));
    for (const pj_sockaddr &address : addresses) {
        const bool is_v6 = address.addr.sa_family == pj_AF_INET6();
        if ((only_v6 && !is_v6) || found.count == PJSIP_MAX_RESOLVED_ADDRESSES)
            continue;
        pjsip_server_address_record &entry = found.entry[found.count++];
        entry.name = who.target.addr.host;
        entry.type = (pjsip_transport_type_e)(plain | (is_v6 ? PJSIP_TRANSPORT_IPV6 : 0));
        pj_sockaddr_cp(&entry.addr, &address);
        const int port = who.target.addr.port;
        pj_sockaddr_set_port(&entry.addr,
                             (pj_uint16_t)(port ? port : pjsip_transport_get_default_port_for_type(entry.type)));
        entry.addr_len = pj_sockaddr_get_len(&entry.addr);
    }
    who.tell(found.count ? PJ_SUCCESS : PJ_ERESOLVE, who.token, found.count ? &found : NULL);
}

void resolve(pjsip_resolver_t*, pj_pool_t *pool, const pjsip_host_info *target, void *token,
             pjsip_resolver_callback *callback)
{
    Waiting who = {*target, token, callback};
    const std::string host(target->addr.host.ptr, target->addr.host.slen);
    pj_sockaddr address;
    if (read_address(host, &address)) {
        tell(who, std::vector<pj_sockaddr>(1, address));
        return;
    }
    const std::map<std::string, Known>::const_iterator kept = known.find(host);
    if (kept != known.end() && now() - kept->second.at < FRESH_S) {
        tell(who, std::vector<pj_sockaddr>(kept->second.addresses));
        return;
    }
    if (!waiting.count(host))
        wanted.append(host).append("\n");
    pj_strdup(pool, &who.target.addr.host, &target->addr.host);
    waiting.insert(std::make_pair(host, who));
}

pjsip_ext_resolver beside = {&resolve};

}  // namespace

// To be called whenever PJSIP has been started.
void lookUpNamesBeside()
{
    known.clear();
    waiting.clear();
    wanted.clear();
    pjsip_endpt_set_ext_resolver(pjsua_get_pjsip_endpt(), &beside);
}

// One on each line; each is asked for once until its answer is told.
std::string takeWantedNames()
{
    std::string taken;
    taken.swap(wanted);
    return taken;
}

// `addresses` with blanks between them; none where the name service knows nothing or does not answer.
void nameFound(const std::string &host, const std::string &addresses)
{
    std::istringstream words(addresses);
    std::string word;
    std::vector<pj_sockaddr> found;
    pj_sockaddr address;
    while (words >> word)
        if (read_address(word, &address))
            found.push_back(address);
    if (!found.empty())
        known[host] = Known{found, now()};
    else if (known.count(host))
        found = known[host].addresses;
    std::vector<Waiting> asking;
    const auto range = waiting.equal_range(host);
    for (auto each = range.first; each != range.second; ++each)
        asking.push_back(each->second);
    waiting.erase(range.first, range.second);
    for (const Waiting &who : asking)
        tell(who, found);
}
