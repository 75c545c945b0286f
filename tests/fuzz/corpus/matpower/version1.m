function [baseMVA, bus, gen, branch] = old
baseMVA = 100;
bus = [1 3 0 0 0 0 1 1 0 0 1 1.1 .9; 2 2 1 1 0 0 1 1 0 0 1 1.1 .9];
gen = [1 0 0 9 -9 1 100 1 9 0; 2 1 0 9 -9 1 100 1 9 0];
branch = [1 2 0 .1 0 0 0 0 .98 30 1];
