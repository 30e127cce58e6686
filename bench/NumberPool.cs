using System.Diagnostics;
using System.Globalization;
using System.Text;
using HaoSuan.Inventory;
using HaoSuan.Platform.Sheets;
using MiniExcelLibs;
using Npgsql;

namespace HaoSuan.Bench;

/// <summary>
/// The pool of numbers: random searches of every shape among a million free ones, a page of twenty each, as the application's role under
/// row-level security and on SQLite, of some shapes beside what a superuser without it gets by pg_trgm and by reading the table; what the first
/// search of a process takes, and the first one after an import; and a hundred thousand more imported from a csv file and from a workbook, beside
/// COPY of the same rows.
/// </summary>
internal static class NumberPool
{
    private const int Size = 1_000_000;
    private const int Imported = 100_000;
    private const int Page = 20;
    private const int PerShape = 200;
    private const int OfPeers = 10;
    private static readonly ProductId Product = new(Guid.Parse("0198a000-0000-7000-8000-000000000001"));

    /// <param name="arguments">How many numbers; a million without.</param>
    public static void Measure(string[] arguments) =>
        MeasureAsync(arguments is [var size] ? int.Parse(size, CultureInfo.InvariantCulture) : Size).GetAwaiter().GetResult();

    private static async Task MeasureAsync(int size)
    {
        var all = NumberShapes.Numbers(size + (2 * Imported));
        var (pool, csv, workbook) = (all[..size], all[size..(size + Imported)], all[(size + Imported)..]);
        var shapes = NumberShapes.All(pool, PerShape);
        await using var postgres = await World.OnPostgresAsync();
        var onPostgres = await RunAsync(postgres, pool, csv, workbook, shapes);
        var folder = Directory.CreateTempSubdirectory("haosuan-bench-");
        await using var sqlite = await World.OnSqliteAsync(Path.Combine(folder.FullName, "bench.db"));
        var onSqlite = await RunAsync(sqlite, pool, csv, workbook, shapes);
        var peers = await NumberPeers.StartAsync(postgres, Product);
        Console.WriteLine(
            $"| search, {size:N0} free numbers, {Page} found, ms p50 / p99 | PostgreSQL | SQLite | pg_trgm, no row-level security | the table read |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var (shape, i) in shapes.Select((s, i) => (s, i)))
        {
            var few = shape.Searches.Take(OfPeers).ToList();
            var (trigrams, table) = shape.HasPeers ? (await peers.TrigramsAsync(few), await peers.TableAsync(few)) : ("", "");
            Console.WriteLine($"| {shape.Name} | {onPostgres.Times[i]} | {onSqlite.Times[i]} | {trigrams} | {table} |");
        }
        Console.WriteLine(FormattableString.Invariant($"| the first one of a process | {onPostgres.First:F0} | {onSqlite.First:F0} | | |"));
        Console.WriteLine(FormattableString.Invariant(
            $"| the first one after {Imported:N0} more | {onPostgres.AfterImport:F0} | {onSqlite.AfterImport:F0} | | |"));
        Console.WriteLine();
        Console.WriteLine($"| import of {Imported:N0} numbers into that pool | csv | xlsx | the rows alone, COPY |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        Console.WriteLine(FormattableString.Invariant($"| PostgreSQL | {onPostgres.Csv:F2} s | {onPostgres.Xlsx:F2} s | {await peers.CopyAsync(csv):F2} s |"));
        Console.WriteLine(FormattableString.Invariant($"| SQLite | {onSqlite.Csv:F2} s | {onSqlite.Xlsx:F2} s | |"));
        folder.Delete(recursive: true);
    }

    private sealed record Run(double First, List<string> Times, double Csv, double AfterImport, double Xlsx);

    private static async Task<Run> RunAsync(World world, string[] pool, string[] csv, string[] workbook, IReadOnlyList<NumberShapes.Shape> shapes)
    {
        foreach (var some in pool.Chunk(Imported))
            _ = (await world.With<ImportNumbers, Result<Received>>(i => i.RunAsync(Product, string.Join('\n', some.Select(NumberShapes.Priced))))).Value;
        await world.AnalyzeAsync();
        await world.CheckpointAsync();
        var first = await TimeAsync(() => SearchAsync(world, new(), 0));
        List<string> times = [];
        foreach (var shape in shapes) times.Add(await TimesAsync(shape.Searches, search => SearchAsync(world, search, shape.Skip)));
        var seconds = await ImportAsync(world, Encoding.UTF8.GetBytes("号码,加价\n" + string.Join('\n', csv)));
        var afterImport = await TimeAsync(() => SearchAsync(world, new(), 0));
        return new(first, times, seconds, afterImport, await ImportAsync(world, Workbook(workbook)));
    }

    private static async Task SearchAsync(World world, NumberSearch search, int skip) =>
        _ = await world.With<Numbers, IReadOnlyList<PoolNumber>>(n => n.SearchAsync(Product, search, skip, Page));

    private static async Task<double> ImportAsync(World world, byte[] file)
    {
        var started = Stopwatch.GetTimestamp();
        _ = (await world.With<ImportNumbers, Result<Received>>(i => i.RunAsync(Product, SheetLines.Read(file).Value))).Value;
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static byte[] Workbook(string[] numbers)
    {
        using MemoryStream bytes = new();
        MiniExcel.SaveAs(bytes, numbers.Select(n => new { 号码 = n, 加价 = "" }));
        return bytes.ToArray();
    }

    /// <summary>A tenth of the searches first, unmeasured: what is measured is warm.</summary>
    internal static async Task<string> TimesAsync(IReadOnlyList<NumberSearch> searches, Func<NumberSearch, Task> search)
    {
        foreach (var one in searches.Take(searches.Count / 10)) await search(one);
        List<double> times = [];
        foreach (var one in searches) times.Add(await TimeAsync(() => search(one)));
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2]:F1} / {times[(int)(times.Count * 0.99)]:F1}");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}

/// <summary>What a superuser gets without row-level security: PostgreSQL's own index for infixes, and the table as it is.</summary>
internal sealed class NumberPeers
{
    private const string Find = "select number from pool_number where tenant_id = @tenant and product_id = @product and order_id is null and number like @like"
        + " order by number limit 20";

    private readonly World _world;
    private readonly ProductId _product;
    private readonly bool _hasTrigrams;

    private NumberPeers(World world, ProductId product, bool hasTrigrams) => (_world, _product, _hasTrigrams) = (world, product, hasTrigrams);

    public static async Task<NumberPeers> StartAsync(World world, ProductId product)
    {
        await using var connection = new NpgsqlConnection(world.Superuser + ";Command Timeout=3600");
        await connection.OpenAsync();
        var hasTrigrams = await ScalarAsync(connection, "select count(*) from pg_available_extensions where name = 'pg_trgm'") is 1L;
        if (hasTrigrams)
            await ScalarAsync(connection, "create extension pg_trgm; create index peer on pool_number using gin (number gin_trgm_ops)");
        return new(world, product, hasTrigrams);
    }

    public async Task<string> TrigramsAsync(IReadOnlyList<NumberSearch> searches) =>
        _hasTrigrams ? await FindAsync(searches, "set enable_seqscan = off") : "";

    public Task<string> TableAsync(IReadOnlyList<NumberSearch> searches) =>
        FindAsync(searches, "set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off");

    public async Task<double> CopyAsync(string[] numbers)
    {
        await using var connection = new NpgsqlConnection(await _world.EmptyAsync());
        await connection.OpenAsync();
        var started = Stopwatch.GetTimestamp();
        await using (var copy = await connection.BeginBinaryImportAsync("copy pool_number (tenant_id, number, product_id, pattern) from stdin (format binary)"))
        {
            foreach (var number in numbers) await copy.WriteRowAsync(CancellationToken.None, _world.Tenant.Id.Value, number, _product.Value, "Plain");
            await copy.CompleteAsync();
        }
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task<string> FindAsync(IReadOnlyList<NumberSearch> searches, string settings)
    {
        await using var connection = new NpgsqlConnection(_world.Superuser);
        await connection.OpenAsync();
        await ScalarAsync(connection, settings);
        return await NumberPool.TimesAsync(searches, async search =>
        {
            await using var command = new NpgsqlCommand(Find, connection);
            command.Parameters.AddWithValue("tenant", _world.Tenant.Id.Value);
            command.Parameters.AddWithValue("product", _product.Value);
            command.Parameters.AddWithValue("like", Like(search));
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                // As a page would.
            }
        });
    }

    private static string Like(NumberSearch search)
    {
        var places = (search.Ends ?? search.Contains)!.Replace('?', '_');
        return search.Ends is null ? $"%{places}%" : places.Length < 11 ? $"%{places}" : places;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
