namespace HaoSuan.Platform.Sheets;

/// <summary>One row of a file as text, and what is wrong with it as a row. The cells are only lent until the next row.</summary>
internal readonly record struct TableRow(int Number, ArraySegment<string?> Cells, CellFault? Fault = null);

internal sealed record CellFault(string Code, int Column);
