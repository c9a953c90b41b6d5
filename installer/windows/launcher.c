/* agent-desktop.exe, and agent-desktop-console.exe for who wants to read what it says: the interpreter that lies in the
 * same folder runs installer/start.py. python312._pth beside it says where modules lie, and keeps the environment,
 * the registry and the current folder out of it. */
#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define PATH_SIGNS 32768
#define NO_INTERPRETER 3

typedef int (*run_interpreter)(int, wchar_t **);

static int complain(const wchar_t *path)
{
    static wchar_t said[PATH_SIGNS + 200];
    _snwprintf(said, PATH_SIGNS + 199, L"Agent Desktop is damaged: %ls cannot be loaded (%lu). Install it again.", path, GetLastError());
#ifdef CONSOLE
    fwprintf(stderr, L"%ls\n", said);
#else
    MessageBoxW(NULL, said, L"Agent Desktop", MB_OK | MB_ICONERROR);
#endif
    return NO_INTERPRETER;
}

int wmain(int count, wchar_t **words)
{
    static wchar_t program[PATH_SIGNS], library[PATH_SIGNS];
    /* Nothing is loaded from the current folder or from PATH. */
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    DWORD length = GetModuleFileNameW(NULL, program, PATH_SIGNS - 32);
    wchar_t *last = length ? wcsrchr(program, L'\\') : NULL;
    if (!last)
        return complain(program);
    wcsncpy(library, program, last - program + 1);
    wcscat(library, L"python312.dll");
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    run_interpreter run = python ? (run_interpreter)(void *)GetProcAddress(python, "Py_Main") : NULL;
    wchar_t **all = calloc(count + 6, sizeof *all);
    if (!run || !all)
        return complain(library);
    int used = 0;
    all[used++] = program;
    all[used++] = L"-I";
    all[used++] = L"-X";
    all[used++] = L"utf8";
    all[used++] = L"-m";
    all[used++] = L"start";
    for (int each = 1; each < count; each++)
        all[used++] = words[each];
    return run(used, all);
}
