// A reduced ECharts: lines, bars and pies on a canvas. Imported by ui.js where a page has a chart.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

export function draw(element) {
  const css = getComputedStyle(element);
  const token = name => css.getPropertyValue(name).trim();
  const text = { color: token("--ink-soft"), fontFamily: css.fontFamily };
  const axis = {
    axisLine: { lineStyle: { color: token("--line") } },
    axisTick: { show: false },
    axisLabel: text,
    splitLine: { lineStyle: { color: token("--line") } },
  };
  const theme = {
    color: ["--chart-1", "--chart-2", "--chart-3", "--chart-4", "--chart-5"].map(token),
    backgroundColor: "transparent",
    textStyle: text,
    legend: { textStyle: text },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    line: { symbolSize: 6, lineStyle: { width: 2.5 } },
    bar: { barMaxWidth: 28 },
  };
  const chart = init(element, theme, { renderer: "canvas" });
  const options = JSON.parse(element.dataset.chart);
  chart.setOption({
    animation: false,
    aria: { enabled: false },
    ...options,
    legend: options.legend && { top: 0, ...options.legend },
    grid: { left: 8, right: 12, top: options.legend ? 40 : 16, bottom: 8, outerBoundsMode: "same", ...options.grid },
    // A tooltip in html would carry style attributes, which the content security policy refuses.
    tooltip: { trigger: "axis", confine: true, ...options.tooltip, renderMode: "richText" },
  });
  new ResizeObserver(() => chart.resize()).observe(element);
}
