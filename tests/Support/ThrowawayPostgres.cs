using System.Diagnostics;
using Npgsql;

namespace HaoSuan.Tests.Support;

/// <summary>
/// A private PostgreSQL cluster of this test process: in a folder of its own, on a Unix socket only, by default without fsync, run by an unprivileged
/// user when the tests run as root. It disappears with the process, however that ends. Start one per process and take a database per test class.
/// </summary>
public sealed class ThrowawayPostgres : IAsyncDisposable
{
    private const string Common = "-c listen_addresses='' -c max_connections=300 -c jit=off";
    private const string Fast = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0";

    /// <summary>As in production: every commit is on the disk. For measurements.</summary>
    public const string Durable = "-c shared_buffers=6GB -c wal_compression=lz4 -c max_wal_size=16GB -c checkpoint_timeout=30min";

    private readonly Process _guard;
    private int _databases;

    private ThrowawayPostgres(Process guard, string folder) => (_guard, Folder) = (guard, folder);

    public string Folder { get; }

    /// <summary>Starts the cluster and lets <paramref name="migrate"/> fill the template of all databases, as the owner of what it creates.</summary>
    public static async Task<ThrowawayPostgres> Start(Func<string, Task> migrate, string options = Fast)
    {
        // Not the temporary folder of the environment: the path of a socket has at most 107 bytes.
        var folder = $"/tmp/haosuan-postgres-{Path.GetRandomFileName()[..6]}-{Environment.ProcessId}";
        var cluster = new ThrowawayPostgres(StartGuard(folder, options), folder);
        await cluster.WaitUntilReady();
        await cluster.MakeTemplate(migrate);
        return cluster;
    }

    public async Task<PostgresDatabase> CreateDatabase(string template = "haosuan")
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await Execute("postgres", "postgres", $"CREATE DATABASE {name} TEMPLATE {template} OWNER haosuan_owner");
        return new PostgresDatabase(this, name);
    }

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }

    public string ConnectionString(string user, string database) =>
        $"Host={Folder};Username={user};Database={database};Maximum Pool Size=20;Include Error Detail=true";

    internal async Task Execute(string user, string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(user, database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static Process StartGuard(string folder, string options)
    {
        string[] unprivileged = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        string[] command = [.. unprivileged, "sh", "-c", Script(), "sh", folder, Programs(), $"{Common} {options} -k {folder}"];
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        })!;
    }

    private static string Script()
    {
        using var script = new StreamReader(typeof(ThrowawayPostgres).Assembly.GetManifestResourceStream("cluster.sh")!);
        return script.ReadToEnd();
    }

    /// <summary>The folder of PostgreSQL's programs.</summary>
    public static string Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            && Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(HasInitdb)
                .MaxBy(bin => int.Parse(Path.GetFileName(Path.GetDirectoryName(bin)!), null)) is { } debian
        ? debian
        : Environment.GetEnvironmentVariable("PATH")!.Split(':').FirstOrDefault(HasInitdb)
            ?? throw new InvalidOperationException("PostgreSQL's initdb is neither in /usr/lib/postgresql/*/bin nor in PATH. "
                + "Tests never skip PostgreSQL: install postgresql-15, or run ./dev test, which does.");

    private static bool HasInitdb(string folder) => File.Exists(Path.Combine(folder, "initdb"));

    private async Task WaitUntilReady()
    {
        var line = await _guard.StandardOutput.ReadLineAsync();
        if (line == "ready")
            return;
        throw new InvalidOperationException($"PostgreSQL did not start:\n{line}\n{await _guard.StandardOutput.ReadToEndAsync()}");
    }

    private async Task MakeTemplate(Func<string, Task> migrate)
    {
        await Execute("postgres", "postgres", "CREATE ROLE haosuan_owner LOGIN; CREATE ROLE haosuan_app LOGIN");
        await Execute("postgres", "postgres", "CREATE DATABASE haosuan OWNER haosuan_owner");
        await Execute("haosuan_owner", "haosuan", """
            ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO haosuan_app;
            ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO haosuan_app;
            ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO haosuan_app
            """);
        // A database with a session cannot be a template, hence no pool.
        await migrate(ConnectionString("haosuan_owner", "haosuan") + ";Pooling=false");
    }
}
