/* What installers do in the folder that all people of a computer read (%ProgramData%\Agent Desktop), run by them as an
 * administrator or the system:
 *
 *   machine_folder seed FILE [KEY VALUE]...   makes the folders of policy, and provision.json where there is none: a copy
 *                                             of FILE, or where that is "" the keys whose value is not ""
 *   machine_folder wipe                       removes the folder with everything in it
 *
 * It ends with 0, or one of the numbers below (docs/it/install-windows.md). */
#include <windows.h>

#include <aclapi.h>
#include <sddl.h>
#include <shlobj.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define MOST_SIGNS 32768
#define MOST_BYTES (1 << 20)

enum { DONE = 0, MISUSED = 2, FOLDER_REFUSED = 3, FILE_UNREADABLE = 4, SEED_UNWRITTEN = 5, NOT_WIPED = 6 };

/* Owned by the administrators; they and the system write, everybody reads; nothing comes from the folder above, where
 * anybody may add. */
static const wchar_t RIGHTS[] = L"O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)";
static const wchar_t *FOLDERS[] = {L"", L"\\policies", L"\\policies\\managed", L"\\policies\\recommended"};

static wchar_t ours[MOST_SIGNS];

static int find_ours(void)
{
    wchar_t *data = NULL;
    if (SHGetKnownFolderPath(&FOLDERID_ProgramData, 0, NULL, &data) != S_OK)
        return 0;
    _snwprintf(ours, MOST_SIGNS - 1, L"%ls\\Agent Desktop", data);
    CoTaskMemFree(data);
    return 1;
}

static int is_of_administrators(PSID owner)
{
    return IsWellKnownSid(owner, WinBuiltinAdministratorsSid) || IsWellKnownSid(owner, WinLocalSystemSid);
}

/* Somebody may have put a folder of that name there before: it is taken from them. A link is not followed. */
static int keep_to_administrators(const wchar_t *path, PSECURITY_DESCRIPTOR rights)
{
    PSECURITY_DESCRIPTOR found = NULL;
    PSID owner = NULL, administrators = NULL;
    PACL list = NULL;
    BOOL is_given, is_default;
    DWORD attributes = GetFileAttributesW(path);
    if (attributes == INVALID_FILE_ATTRIBUTES || !(attributes & FILE_ATTRIBUTE_DIRECTORY) || attributes & FILE_ATTRIBUTE_REPARSE_POINT)
        return 0;
    if (GetNamedSecurityInfoW((wchar_t *)path, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, &owner, NULL, NULL, NULL, &found))
        return 0;
    int is_well = is_of_administrators(owner);
    LocalFree(found);
    if (is_well)
        return 1;
    if (!GetSecurityDescriptorOwner(rights, &administrators, &is_default) || !GetSecurityDescriptorDacl(rights, &is_given, &list, &is_default))
        return 0;
    return !SetNamedSecurityInfoW((wchar_t *)path, SE_FILE_OBJECT,
        OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION, administrators, NULL, list, NULL);
}

static int make_folders(void)
{
    PSECURITY_DESCRIPTOR rights = NULL;
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(RIGHTS, SDDL_REVISION_1, &rights, NULL))
        return 0;
    SECURITY_ATTRIBUTES with = {sizeof with, rights, FALSE};
    int is_well = 1;
    for (size_t each = 0; each < sizeof FOLDERS / sizeof *FOLDERS && is_well; each++) {
        static wchar_t path[MOST_SIGNS];
        _snwprintf(path, MOST_SIGNS - 1, L"%ls%ls", ours, FOLDERS[each]);
        is_well = CreateDirectoryW(path, &with) || (GetLastError() == ERROR_ALREADY_EXISTS && keep_to_administrators(path, rights));
    }
    LocalFree(rights);
    return is_well;
}

static size_t put_text(char *to, size_t at, const wchar_t *text)
{
    static char bytes[4 * MOST_SIGNS];
    WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    to[at++] = '"';
    for (const char *each = bytes; *each && at < MOST_BYTES - 16; each++) {
        if ((unsigned char)*each < ' ')
            at += sprintf(to + at, "\\u%04x", *each);
        else {
            if (*each == '"' || *each == '\\')
                to[at++] = '\\';
            to[at++] = *each;
        }
    }
    to[at++] = '"';
    return at;
}

static size_t of_words(char *to, int count, wchar_t **words)
{
    size_t at = 0;
    for (int each = 0; each + 1 < count; each += 2) {
        if (!*words[each + 1])
            continue;
        at += sprintf(to + at, at ? ",\n  " : "{\n  ");
        at = put_text(to, at, words[each]);
        at += sprintf(to + at, ": ");
        at = put_text(to, at, words[each + 1]);
    }
    return at ? at + sprintf(to + at, "\n}\n") : 0;
}

static int of_file(char *to, const wchar_t *path, DWORD *length)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 0;
    int is_whole = ReadFile(file, to, MOST_BYTES, length, NULL) && *length && *length < MOST_BYTES;
    CloseHandle(file);
    return is_whole;
}

/* Whole or not at all, and never over one that is there. */
static int write_seed(const wchar_t *path, const char *content, DWORD length)
{
    static wchar_t beside[MOST_SIGNS];
    DWORD written = 0;
    _snwprintf(beside, MOST_SIGNS - 1, L"%ls.new", path);
    HANDLE file = CreateFileW(beside, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return 0;
    int is_whole = WriteFile(file, content, length, &written, NULL) && written == length && FlushFileBuffers(file);
    CloseHandle(file);
    return is_whole && MoveFileExW(beside, path, MOVEFILE_WRITE_THROUGH);
}

static int seed(const wchar_t *from, int count, wchar_t **words)
{
    static char content[MOST_BYTES];
    static wchar_t path[MOST_SIGNS];
    DWORD length = 0;
    if (!make_folders())
        return FOLDER_REFUSED;
    _snwprintf(path, MOST_SIGNS - 1, L"%ls\\provision.json", ours);
    if (GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES)
        return DONE;
    if (*from && !of_file(content, from, &length))
        return FILE_UNREADABLE;
    if (!*from)
        length = of_words(content, count, words);
    return !length || write_seed(path, content, length) ? DONE : SEED_UNWRITTEN;
}

/* What a link leads to stays. */
static int remove_all(const wchar_t *folder)
{
    WIN32_FIND_DATAW found;
    wchar_t *path = HeapAlloc(GetProcessHeap(), 0, MOST_SIGNS * sizeof *path);
    if (!path)
        return 0;
    _snwprintf(path, MOST_SIGNS - 1, L"%ls\\*", folder);
    HANDLE search = FindFirstFileW(path, &found);
    if (search != INVALID_HANDLE_VALUE) {
        do {
            if (!wcscmp(found.cFileName, L".") || !wcscmp(found.cFileName, L".."))
                continue;
            _snwprintf(path, MOST_SIGNS - 1, L"%ls\\%ls", folder, found.cFileName);
            int is_folder = !!(found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY);
            if (is_folder && !(found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT))
                remove_all(path);
            else if (is_folder)
                RemoveDirectoryW(path);
            else
                DeleteFileW(path);
        } while (FindNextFileW(search, &found));
        FindClose(search);
    }
    HeapFree(GetProcessHeap(), 0, path);
    DWORD attributes = GetFileAttributesW(folder);
    return RemoveDirectoryW(folder) || attributes == INVALID_FILE_ATTRIBUTES;
}

int wmain(int count, wchar_t **words)
{
    if (!find_ours())
        return FOLDER_REFUSED;
    if (count >= 3 && count % 2 && !wcscmp(words[1], L"seed"))
        return seed(words[2], count - 3, words + 3);
    if (count == 2 && !wcscmp(words[1], L"wipe"))
        return remove_all(ours) ? DONE : NOT_WIPED;
    return MISUSED;
}
