namespace HaoSuan.Tests.Support;

/// <summary>The repository that the running tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Upwards.Find("HaoSuan.slnx", File.Exists) is { } solution
        ? Path.GetDirectoryName(solution)!
        : throw new InvalidOperationException($"No HaoSuan.slnx above {AppContext.BaseDirectory}.");
}

/// <summary>Conformance data that lies beside the repository on some machines.</summary>
public static class Shared
{
    /// <summary>HAOSUAN_SHARED, or the nearest folder `shared` upwards that has `cases`; null when there is none.</summary>
    public static string? Folder() =>
        Environment.GetEnvironmentVariable("HAOSUAN_SHARED")
        ?? Upwards.Find("shared", folder => Directory.Exists(Path.Combine(folder, "cases")));
}

/// <summary>The browser of the journeys: Debian's package, or Chrome.</summary>
public static class Chromium
{
    public static string FindExecutable() =>
        (from folder in Environment.GetEnvironmentVariable("PATH")!.Split(':')
         from name in new[] { "chromium", "chromium-browser", "google-chrome" }
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select path).FirstOrDefault()
        ?? throw new InvalidOperationException("Chromium is not in PATH. Journeys never skip: install chromium, or run ./dev test, which does.");
}

internal static class Upwards
{
    public static string? Find(string name, Func<string, bool> exists)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, name);
            if (exists(path))
                return path;
        }
        return null;
    }
}
