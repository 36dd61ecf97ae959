using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace DbRules.ExecutionTests;

/// <summary>
/// A PostgreSQL server of our own: on a free port of the loopback address, with its data in a temporary folder. It ends with this
/// process however that ends, because it runs under a shell that waits for the end of its input.
/// </summary>
internal sealed class PostgreSqlServer
{
    /// <summary>
    /// Arguments: folder of the binaries, port. The first signal also ends a server that is still about to start and ignores the second, which
    /// in turn does not wait for clients.
    /// </summary>
    private const string Script =
        """
        set -e
        folder=$(mktemp -d "${TMPDIR:-/tmp}/dbrules-postgresql-XXXXXX")
        "$1/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync > "$folder/log" 2>&1 || { cat "$folder/log" >&2; rm -rf "$folder"; exit 1; }
        "$1/postgres" -D "$folder/data" -p "$2" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
            -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off > "$folder/log" 2>&1 < /dev/null &
        server=$!
        cat > /dev/null
        kill -TERM $server || cat "$folder/log" >&2
        kill -INT $server || true
        wait $server || true
        rm -rf "$folder"
        """;

    private const int Attempts = 3;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly Process _shell;

    private PostgreSqlServer(Process shell, int port)
    {
        _shell = shell;
        Port = port;
    }

    public int Port { get; }

    /// <summary>The folder of <c>initdb</c> and <c>postgres</c>; null when the machine has none that a test can start.</summary>
    public static string? FindBinaries()
    {
        if (OperatingSystem.IsWindows() || (Environment.IsPrivilegedProcess && FindOnPath("runuser") is null))
            return null;

        IEnumerable<string> folders = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        if (ConfiguredFolder() is { } configured)
            folders = folders.Prepend(configured);
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">It does not start; the message has what it wrote.</exception>
    public static PostgreSqlServer Start(string binaries)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return StartOnce(binaries, FreePort());
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                // Somebody else may have taken the port in between.
            }
        }
    }

    public string ConnectionString(string database) => ConnectionString(Port, database);

    private static string ConnectionString(int port, string database) =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Pooling=false";

    private static PostgreSqlServer StartOnce(string binaries, int port)
    {
        // The server refuses to run as root, so root lends it an ordinary user.
        string[] prefix = Environment.IsPrivilegedProcess ? [FindOnPath("runuser")!, "-u", "nobody", "--"] : [];
        string[] command = [.. prefix, "/bin/sh", "-c", Script, "sh", binaries, port.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        Process shell = Process.Start(start) ?? throw new InvalidOperationException("No shell.");
        var server = new PostgreSqlServer(shell, port);
        long begin = Stopwatch.GetTimestamp();
        while (!Answers(port))
        {
            if (shell.HasExited || Stopwatch.GetElapsedTime(begin) > StartLimit)
            {
                server.Stop();
                string errors = shell.StandardError.ReadToEnd();
                shell.Dispose();
                throw new InvalidOperationException($"PostgreSQL from {binaries} did not start:\n{errors}");
            }

            Thread.Sleep(50);
        }

        return server;
    }

    private void Stop()
    {
        _shell.StandardInput.Close();
        if (!_shell.WaitForExit(StopLimit))
            _shell.Kill(entireProcessTree: true);
    }

    private static bool Answers(int port)
    {
        try
        {
            using var connection = new NpgsqlConnection(ConnectionString(port, "postgres"));
            connection.Open();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? ConfiguredFolder()
    {
        if (FindOnPath("pg_config") is not { } tool)
            return null;

        using Process process = Process.Start(new ProcessStartInfo(tool, "--bindir") { RedirectStandardOutput = true })!;
        string folder = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return folder;
    }

    private static string? FindOnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, tool))
            .FirstOrDefault(File.Exists);
}
