using System.Text.RegularExpressions;
using HaoSuan.Platform.Sheets;

namespace HaoSuan.Leases;

/// <summary>A serial number and the line where it stands.</summary>
internal sealed record DeviceLine(int Line, string Serial);

/// <summary>Reads serial numbers of a sheet, from the column whose heading names them or else from the first, and such as were pasted or scanned.</summary>
internal static partial class DeviceLines
{
    private const int MostFaults = 50;

    private static readonly string[] Headings = ["序列号", "设备号", "SN", "S/N", "IMEI", "SERIAL"];

    public static Result<IReadOnlyList<DeviceLine>> Of(IReadOnlyList<SheetLine> lines)
    {
        var filled = lines.Where(l => l.Cells.Any(c => c.Length > 0)).ToList();
        var column = filled is [var first, ..] ? first.Cells.ToList().FindIndex(IsHeading) : -1;
        return Checked(filled.Skip(column < 0 ? 0 : 1).Select(l => new DeviceLine(l.Number, CellOf(l, Math.Max(0, column)))));
    }

    private static string CellOf(SheetLine line, int column) => column < line.Cells.Count ? line.Cells[column].Trim().ToUpperInvariant() : "";

    private static bool IsHeading(string cell) => Headings.Any(h => cell.Equals(h, StringComparison.OrdinalIgnoreCase));

    /// <summary>Each is a serial number, and stands there once.</summary>
    private static Result<IReadOnlyList<DeviceLine>> Checked(IEnumerable<DeviceLine> lines)
    {
        Dictionary<string, DeviceLine> devices = new(StringComparer.Ordinal);
        List<Refusal> faults = [];
        foreach (var line in lines)
        {
            if (!Shape().IsMatch(line.Serial)) faults.Add(new("leases.line_no_serial", line.Line, line.Serial));
            else if (!devices.TryAdd(line.Serial, line)) faults.Add(new("leases.line_twice", line.Line, line.Serial, devices[line.Serial].Line));
        }
        if (faults.Count > 0) return Shown(faults);
        if (devices.Count == 0) return new Refusal("leases.no_devices").On("serials");
        return devices.Values.ToList();
    }

    /// <summary>The first faults by line, and how many more there are.</summary>
    public static List<Refusal> Shown(IReadOnlyList<Refusal> faults)
    {
        List<Refusal> shown = [.. faults.Take(MostFaults)];
        if (faults.Count > MostFaults) shown.Add(new("leases.more_faults", faults.Count - MostFaults));
        return shown.ConvertAll(f => f.On("serials"));
    }

    [GeneratedRegex("^[A-Z0-9][A-Z0-9-]{4,39}$")]
    private static partial Regex Shape();
}
