using System.Diagnostics;
using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using HaoSuan.Cli;

namespace HaoSuan.Bench;

/// <summary>
/// haosuan reconcile on a million orders and rows, beside DuckDB joining the same two files in full, each in a process of its
/// own that tells its wall time and its peak of memory. The best of three runs counts.
/// </summary>
internal static class Reconcile
{
    private const int Orders = 1_000_000;
    private const int Rounds = 3;

    private static readonly (string Name, int Fen)[] Products =
        [("电信星卡29元185G", 13500), ("移动花卡19元", 9000), ("联通沃派29元", 12000), ("广电升腾卡39元", 15050)];

    private readonly record struct Measured(double Seconds, long Megabytes);

    public static void Measure(string[] arguments)
    {
        if (arguments is [var side, var ours, var sheet]) Run(side, ours, sheet);
        else Compare();
    }

    private static void Compare()
    {
        var folder = Directory.CreateTempSubdirectory("haosuan-bench").FullName;
        var (ours, sheet) = (Path.Combine(folder, "ours.csv"), Path.Combine(folder, "sheet.csv"));
        Write(ours, sheet);
        var runs = Enumerable.Range(0, Rounds).Select(_ => (HaoSuan: Start("haosuan", ours, sheet), DuckDb: Start("duckdb", ours, sheet))).ToList();
        var (own, peer) = (runs.Select(r => r.HaoSuan).MinBy(m => m.Seconds), runs.Select(r => r.DuckDb).MinBy(m => m.Seconds));
        var bytes = new FileInfo(ours).Length + new FileInfo(sheet).Length;
        Console.WriteLine($"| reconcile, {Orders:N0} orders and rows, {bytes / 1_000_000:N0} MB, {Environment.ProcessorCount} cores | wall | peak memory |");
        Console.WriteLine("| --- | ---: | ---: |");
        Console.WriteLine($"| haosuan reconcile | {own.Seconds:F2} s | {own.Megabytes:N0} MB |");
        Console.WriteLine($"| DuckDB, full outer join by order number | {peer.Seconds:F2} s | {peer.Megabytes:N0} MB |");
        Console.WriteLine($"| ratio | {own.Seconds / peer.Seconds:F2} | {(double)own.Megabytes / peer.Megabytes:F2} |");
        Directory.Delete(folder, recursive: true);
    }

    private static Measured Start(string side, string ours, string sheet)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, ["reconcile", side, ours, sheet])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var told = process.StandardError.ReadToEnd();
        process.WaitForExit();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0 ? new(seconds, long.Parse(told, CultureInfo.InvariantCulture)) : throw new InvalidOperationException(told);
    }

    private static void Run(string side, string ours, string sheet)
    {
        if (side == "duckdb") Join(ours, sheet);
        else if (HaoSuanCommand.Create().Parse(["reconcile", "--ours", ours, "--sheet", sheet]).Invoke() is not 0 and var exit) Environment.Exit(exit);
        using var self = Process.GetCurrentProcess();
        Console.Error.Write(self.PeakWorkingSet64 / 1_000_000);
    }

    private static void Join(string ours, string sheet)
    {
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            select case when s.渠道订单号 is null then 'missing' when o.订单号 is null then 'unexpected'
                        when o.应结佣金 = s."结算金额(元)" then 'matched' else 'differs' end as class,
                   count(*), sum(coalesce(s."结算金额(元)", 0) - coalesce(o.应结佣金, 0))
            from read_csv('{ours}') o
            full outer join read_csv('{sheet}') s on o.订单号 = s.渠道订单号
            group by all
            """;
        using var reader = command.ExecuteReader();
        while (reader.Read()) Console.WriteLine($"{reader.GetValue(0)} {reader.GetValue(1)} {reader.GetValue(2)}");
    }

    /// <summary>The same files each time: one order in fifty is missing, one differs, some are suspended or paid twice.</summary>
    private static void Write(string ours, string sheet)
    {
        var rows = new string[Orders + (Orders / 100)];
        var (count, state) = (0, 20_260_301UL);
        using (StreamWriter writer = new(ours, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        {
            writer.WriteLine("订单号,手机号,ICCID,产品,激活时间,应结佣金,状态");
            for (var i = 0; i < Orders; i++)
            {
                var (name, fen) = Products[Next(4)];
                var card = $"{13_000_000_000L + (i * 5L) + Next(5)},8986{Next(100_000_000):D8}{i:D8},{name}";
                var moment = $"2026-03-{1 + Next(31):D2} {Next(24):D2}:{Next(60):D2}:00";
                writer.WriteLine($"HS202603{i:D7},{card},{moment},{fen / 100}.{fen % 100:D2},在网");
                var chance = Next(100);
                if (chance < 2) continue;
                var paid = chance < 4 ? fen - 1000 : chance == 4 ? 0 : fen;
                rows[count++] = $"HS202603{i:D7},{card},浙江,杭州,{moment},{(chance == 4 ? "停机" : "在网")},{paid / 100}.{paid % 100:D2},202603";
                if (i % 200 != 0) continue;
                rows[count] = rows[count - 1];
                count++;
            }
        }
        for (var i = count - 1; i > 0; i--)
        {
            var other = Next(i + 1);
            (rows[i], rows[other]) = (rows[other], rows[i]);
        }
        using StreamWriter sheetWriter = new(sheet, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        sheetWriter.WriteLine("渠道订单号,业务号码,ICCID,套餐名称,省份,地市,激活时间,用户状态,结算金额(元),结算月份");
        for (var i = 0; i < count; i++) sheetWriter.WriteLine(rows[i]);

        int Next(int below)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            return (int)(state % (ulong)below);
        }
    }
}
