using Microsoft.Extensions.Configuration;

namespace HaoSuan.Cli;

/// <summary>What an installation is told: by <c>haosuan.json</c> in its data folder, then by the environment (<c>HaoSuan__Database</c>).</summary>
public static class Installation
{
    public static string DataFolder =>
        Environment.GetEnvironmentVariable("HaoSuan__Data") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "haosuan") is { } home && Path.IsPathRooted(home)
                ? home
                : Path.Combine(AppContext.BaseDirectory, "data");

    public static IConfigurationSection Configuration() => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(DataFolder, "haosuan.json"), optional: true)
        .AddEnvironmentVariables()
        .Build().GetSection("HaoSuan");

    /// <summary>The connection string of what a verb was given (one, or the path of a SQLite file), or of the installation's own database.</summary>
    public static string Database(string? given, bool demo = false)
    {
        var database = given ?? Configuration()["Database"] ?? Path.Combine(DataFolder, demo ? "demo.db" : "haosuan.db");
        return database.Contains('=', StringComparison.Ordinal) ? database : $"Data Source={Path.GetFullPath(database)}";
    }
}
