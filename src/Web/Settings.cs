using System.Data.Common;
using System.Security.Cryptography;
using HaoSuan.Cli;

namespace HaoSuan.Web;

/// <summary>Which part of the work a process does.</summary>
public enum ProcessRole
{
    Web,
    Worker,
    All,
}

/// <summary>
/// What a process is told: by <c>haosuan.json</c> in the data folder, then by the environment (<c>HaoSuan__Database</c>), then by the
/// command line.
/// </summary>
/// <param name="Database">The connection string.</param>
/// <param name="MasterKey">32 bytes in base64.</param>
public sealed record Settings(string Database, string MasterKey)
{
    public ProcessRole Role { get; init; } = ProcessRole.All;

    /// <summary>Where browsers and payment channels reach this installation, ending in a slash.</summary>
    public Uri PublicUrl { get; init; } = new("http://localhost:5000/");

    /// <summary>Addresses or networks (CIDR) of reverse proxies whose X-Forwarded headers are believed.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>The channels and upstreams that there are keys for.</summary>
    public Lines Lines { get; init; } = Lines.None;

    /// <summary>The installation shows itself: it fills itself with a made-up operator at the start.</summary>
    public bool Demo { get; init; }

    /// <summary>What to tell whoever started the process.</summary>
    public string? Notice { get; init; }

    /// <exception cref="SettingsException">Something is missing or cannot be read; the message says what to do.</exception>
    public static Settings Read(string? database = null, bool demo = false)
    {
        var configuration = Installation.Configuration();
        var address = Installation.Database(database, demo);
        var (key, notice) = configuration["MasterKey"] is { Length: > 0 } given ? (given, null) : KeyBeside(address);
        return new(address, CheckedKey(key))
        {
            PublicUrl = PublicAddress(configuration["PublicUrl"]),
            Proxies = configuration.GetSection("Proxies").Get<string[]>() ?? [],
            Lines = demo ? Lines.None : Lines.Read(configuration),
            Demo = demo,
            Notice = notice,
        };
    }

    private static Uri PublicAddress(string? given)
    {
        if (given is null) return new("http://localhost:5000/");
        return Uri.TryCreate(given.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new SettingsException($"HaoSuan:PublicUrl is \"{given}\"; it must be an address like https://haoka.example.com");
    }

    /// <summary>A SQLite installation keeps its key in a file that only its user reads; one on PostgreSQL must be given it.</summary>
    private static (string Key, string? Notice) KeyBeside(string address)
    {
        if (new DatabaseAddress(address).Engine == Engine.Postgres)
            throw new SettingsException("HaoSuan:MasterKey is missing. Make one with \"openssl rand -base64 32\", keep it apart from the database, "
                + "and set HaoSuan__MasterKey for every process.");
        var database = new DbConnectionStringBuilder { ConnectionString = address }["Data Source"].ToString()!;     // given above
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(database))!).FullName;       // a file has a folder
        var file = Path.Combine(folder, "master.key");
        if (File.Exists(file)) return (File.ReadAllText(file).Trim(), null);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        using (var stream = new FileStream(file, OwnerOnly()))
        using (var writer = new StreamWriter(stream)) writer.WriteLine(key);
        return (key, $"Made the master key {file}. Without it no personal data can be read again: keep a copy apart from the database.");
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static string CheckedKey(string key) =>
        Convert.TryFromBase64String(key, new byte[64], out var length) && length == 32
            ? key
            : throw new SettingsException("The master key must be 32 bytes in base64, as \"openssl rand -base64 32\" makes them.");
}

/// <summary>The process cannot start as it was told to. The message is for the person who starts it.</summary>
public sealed class SettingsException(string message) : Exception(message);
